/** The score of the area itself with all its parts, and what stands beside it; no data is never 0. */

import { find, write } from "../../core/dom.mjs";
import { follow } from "../../core/follow.mjs";
import { wholeOf } from "./effect.mjs";

/** @typedef {import("../../core/follow.mjs").Screen} Screen @typedef {import("./effect.mjs").Row} Row */

/** @param {HTMLElement} panel @param {Screen} screen */
export function effectScore(panel, screen) {
  follow(panel, screen, "effect", (channel) => {
    const whole = wholeOf(channel.rows.values());
    showMeasures(panel, screen, whole);
    showScore(panel, screen, whole);
  });
}

/** @param {HTMLElement} panel @param {Screen} screen */
export function effectBeside(panel, screen) {
  follow(panel, screen, "effect", (channel) => showMeasures(panel, screen, wholeOf(channel.rows.values())));
}

/** @param {HTMLElement} panel @param {Screen} screen @param {Record<string, Row>} whole */
function showScore(panel, { words }, whole) {
  const { score } = whole;
  const parts = Object.values(whole).filter((row) => row.weight !== null);
  const known = parts.filter((row) => row.denominator > 0);
  write(find(panel, ".score-number .value"), words.decimal(score?.value));
  const range = score ? words.say("effect.range", { low: words.decimal(score.low), high: words.decimal(score.high) }) : "";
  write(find(panel, ".score-range"), range);
  const missing = parts.length - known.length;
  const judged = score && words.say("effect.judged", { count: words.count(score.denominator) });
  const shared = missing ? words.say("effect.weights", { count: known.length, missing }) : "";
  write(find(panel, ".score-note"), judged ? [judged, shared].filter(Boolean).join(" · ") : notYet(words, whole));
}

/** When the first case can be judged. @param {import("../../core/words.mjs").Words} words @param {Record<string, Row>} whole */
function notYet(words, whole) {
  const at = Object.values(whole)[0]?.matures_at;
  return at ? words.say("effect.not-yet", { day: words.time("date", at) }) : words.say("effect.nothing-yet");
}

/** @param {HTMLElement} panel @param {Screen} screen @param {Record<string, Row>} whole */
function showMeasures(panel, { words }, whole) {
  for (const element of /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-measure]")])) {
    const name = element.dataset.measure ?? "";
    const row = whole[name];
    write(find(element, ".value"), row?.denominator ? `${words.decimal(row.value)}%` : words.say("unknown"));
    write(find(element, ".measure-weight"), row?.weight ? words.say("effect.weight", { weight: row.weight }) : "");
    write(find(element, ".measure-count"), row ? countOf(words, name, row, whole) : "");
  }
}

/** @param {import("../../core/words.mjs").Words} words @param {string} name @param {Row} row @param {Record<string, Row>} whole */
function countOf(words, name, row, whole) {
  const count = { numerator: words.count(row.numerator), denominator: words.count(row.denominator) };
  if (name !== "satisfied") return words.say("effect.count", count);
  return words.say("effect.response", { ...count, rate: words.decimal(whole.response?.value) });
}
