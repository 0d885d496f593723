/** One row of the queue: clock and used time, title, what lies over it, state, place, unit. */

import { commandsOf } from "../command/command.mjs";
import { find, make, mark, write } from "../core/dom.mjs";
import { reading } from "../core/sla.mjs";
import { kindOf, overlays, placeOf } from "./names.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const MOST_OVERLAYS = 2;

/** @param {Screen} screen @returns {HTMLElement} */
export function createRow(screen) {
  const part = (/** @type {string} */ name, /** @type {Node[]} */ ...inside) => make("span", { class: name }, ...inside);
  const title = part("row-head", part("row-title"), part("row-over"));
  const first = part("row-line", title, part("row-state"));
  const second = part("row-line", part("row-place"), part("row-unit"));
  const clock = part("sla", part("sla-side"), part("sla-text"));
  const button = make("button", { type: "button", class: "case-row" }, clock, first, part("sla-bar", part("sla-used")), second);
  button.addEventListener("click", () => screen.selection.chooseCase(button.dataset.case ?? null));
  return button;
}

/** @param {HTMLElement} button @param {any} row @param {Screen} screen */
export function updateRow(button, row, screen) {
  const { words, clock, selection } = screen;
  mark(button, "case", String(row.case_id));
  mark(button, "urgency", row.urgency ?? "open");
  mark(button, "chosen", selection.case === String(row.case_id) ? "true" : null);
  const waiting = commandsOf(screen).pending(String(row.case_id));
  const state = waiting?.state ?? row.state;
  mark(button, "state", state);
  mark(button, "pending", waiting ? "true" : null);
  write(find(button, ".row-title"), kindOf(row, screen));
  write(find(button, ".row-state"), words.name("status", state));
  write(find(button, ".row-place"), placeOf(row, screen));
  write(find(button, ".row-unit"), words.field(row, "unit"));
  const over = overlays(row, screen).slice(0, MOST_OVERLAYS);
  const said = over.map(({ text }) => text).join("·");
  const place = find(button, ".row-over");
  if (place.dataset.said !== said) {
    place.dataset.said = said;
    place.replaceChildren(...over.map(({ kind, text }) => make("span", { class: "over", "data-over": kind }, text)));
  }
  showClock(button, row, clock.now(), words);
}

/** @param {HTMLElement} button @param {any} row @param {number} now @param {import("../core/words.mjs").Words} words */
export function showClock(button, row, now, words) {
  const { side, text, share } = reading(row, now, words);
  const digits = find(button, ".sla-text");
  if (digits.dataset.said !== text) {
    digits.dataset.said = text;
    digits.replaceChildren(...parts(text));
  }
  write(find(button, ".sla-side"), side);
  const used = find(button, ".sla-used");
  const width = share === null ? "0%" : `${Math.round(share * 100)}%`;
  if (used.style.width !== width) used.style.width = width;
}

/** Figures large, their units small. @param {string} text */
export function parts(text) {
  return text.split(/(\d+)/).filter(Boolean).map((part) => (/\d/.test(part) ? make("b", {}, part) : part));
}
