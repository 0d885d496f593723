/** Headline numbers: value, unit, and a comparison that names its base. */

import { find, mark, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";
import { sparks } from "./metric_sparks.mjs";
import { passportOf } from "./passport.mjs";

/** Hours from which a span is easier read in days. */
const DAYS_FROM = 72;
/** Characters from which a number has no room for its unit beside it; longer ones are set smaller. */
const LONG = 6;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function metrics(panel, screen) {
  const flash = new Flash();
  // nobody can touch the wall
  if (screen.page.name !== "wall") {
    for (const element of panel.querySelectorAll("[data-metric]")) passportOf(/** @type {HTMLElement} */ (element), screen);
  }
  if (panel.querySelector(".metric-spark")) sparks(panel, screen);
  follow(panel, screen, "headline", (channel, change) => {
    for (const row of change.set) {
      const element = find(panel, `[data-metric="${row.metric}"]`);
      if (element) show(element, row, screen.words, change.full ? null : flash);
    }
  });
}

/** @param {HTMLElement} element @param {any} row @param {import("../core/words.mjs").Words} words @param {Flash|null} flash */
function show(element, row, words, flash) {
  const { text, unit } = reading(row.value, row.unit, words);
  const changed = write(find(element, ".value"), text);
  write(find(element, ".unit"), row.value === null ? "" : unit);
  mark(element, "length", text.length > LONG ? "longest" : text.length === LONG ? "long" : null);
  mark(element, "alarm", row.metric === "overdue_cases" && row.value > 0 ? "overdue" : null);
  compare(find(element, ".metric-compare"), row, words);
  if (changed && flash) flash.show(find(element, ".metric-number"));
}

/** @param {number|null} value @param {string} unit @param {import("../core/words.mjs").Words} words */
function reading(value, unit, words) {
  if (unit === "cases") return { text: words.count(value), unit: words.say("unit.cases") };
  if (unit === "hours" && value !== null && value >= DAYS_FROM) {
    return { text: words.decimal(value / 24), unit: words.say("unit.days") };
  }
  return { text: words.decimal(value), unit: words.say(`unit.${unit}`) };
}

/** @param {HTMLElement} element @param {any} row @param {import("../core/words.mjs").Words} words */
function compare(element, row, words) {
  const base = row.value === null ? null : baseOf(row, words);
  const difference = base ? row.value - base.value : 0;
  const direction = difference > 0 ? "up" : difference < 0 ? "down" : "same";
  mark(element, "direction", base && direction);
  mark(element, "act", base && row.metric === "overdue_cases" && difference > 0 ? "true" : null);
  write(element, base ? `${base.name} ${glyph(direction)} ${amount(row, difference, words)}` : "");
}

/**
 * What a value is compared with: a count with yesterday, a rate with its target.
 * @param {any} row @param {import("../core/words.mjs").Words} words @returns {{value: number, name: string}|null}
 */
function baseOf(row, words) {
  const [target, previous] = [row.target ?? null, row.previous ?? null];
  const before = previous === null ? null : { value: previous, name: words.say(row.unit === "cases" ? "compare.yesterday" : "compare.previous") };
  const aim = target === null ? null : { value: target, name: words.say("compare.target", { target: words.count(target) }) };
  return row.unit === "cases" ? (before ?? aim) : (aim ?? before);
}

/** @param {string} direction */
function glyph(direction) {
  return { up: "▲", down: "▼" }[direction] ?? "";
}

/** @param {any} row @param {number} difference @param {import("../core/words.mjs").Words} words */
function amount(row, difference, words) {
  if (difference === 0) return words.say("compare.same");
  const size = Math.abs(difference);
  if (row.unit === "hours" && row.value >= DAYS_FROM) return words.decimal(size / 24);
  if (row.unit !== "cases") return words.decimal(size);
  if (row.metric === "overdue_cases" || !row.previous) return `${words.count(size)} ${words.say("unit.cases")}`.trim();
  return `${words.decimal((size / row.previous) * 100)}%`;
}
