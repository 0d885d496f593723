/** A case as a row to touch: its title, where and who, its clock. */

import { find, make, mark, write } from "../core/dom.mjs";
import { reading, titleOf } from "../core/sla.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {any} row @param {Screen} screen */
export function caseRow(row, screen) {
  const button = make("button", { type: "button", class: "case-row" }, make("span", { class: "case-row-title" }),
    make("span", { class: "case-row-line" }), make("span", { class: "case-row-clock" }));
  const item = make("li", {}, button);
  button.addEventListener("click", () => screen.selection.chooseCase(String(row.case_id)));
  showCaseRow(item, row, screen);
  return item;
}

/** @param {HTMLElement} item @param {any} row @param {Screen} screen */
export function showCaseRow(item, row, screen) {
  const { words, clock } = screen;
  const { side, text, urgency } = reading(row, clock.now(), words);
  mark(item, "urgency", urgency);
  write(find(item, ".case-row-title"), titleFor(row, words));
  write(find(item, ".case-row-line"), [words.name("status", row.state), words.field(row, "unit")].filter(Boolean).join(" · "));
  write(find(item, ".case-row-clock"), `${side} ${text}`.trim());
}

/** A title is written in the city's own tongue; a reader of another gets the category. @param {any} row @param {import("../core/words.mjs").Words} words */
export function titleFor(row, words) {
  return words.language === "zh" ? titleOf(row, words) : words.field(row, "category") || titleOf(row, words);
}
