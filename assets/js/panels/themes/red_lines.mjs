/** Which red lines were touched in the last 12 months: a cell a line and month; those still open are red. */

import { find, make, mark, write } from "../../core/dom.mjs";
import { address, monthOf, terms } from "./safety.mjs";
import { showing } from "./showing.mjs";
import { toggle } from "./progress.mjs";
import { ordered } from "./villages.mjs";

const MONTHS = 12;

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function redLines(panel, screen) {
  const table = find(panel, ".line-cells");
  table.addEventListener("click", (event) => {
    const cell = /** @type {HTMLElement} */ (event.target).closest("[data-show]");
    if (cell) toggle(/** @type {HTMLElement} */ (cell).dataset.show ?? "all");
  });
  /** @type {any} */
  let last = null;
  const render = (/** @type {any} */ channel) => {
    last = channel;
    draw(table, [...channel.rows.values()], screen);
  };
  showing(panel, screen, address, "safety_breaches", render);
  terms.follow(screen, () => last && render(last));
}

/** The last months, this one at the end. @param {import("../../core/follow.mjs").Screen} screen @returns {string[]} */
export function lastMonths(screen) {
  const [year, month] = monthOf(screen.clock.now(), screen).split("-").map(Number);
  return Array.from({ length: MONTHS }, (_, at) => {
    const count = year * 12 + month - MONTHS + at;
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  });
}

/** @param {HTMLElement} table @param {any[]} rows @param {import("../../core/follow.mjs").Screen} screen */
function draw(table, rows, screen) {
  const { words } = screen;
  const lines = ordered(terms.rows, "red_line", rows.map(({ reason }) => reason));
  const months = lastMonths(screen);
  const shape = JSON.stringify([lines, months]);
  if (table.dataset.shape !== shape) build(table, lines, months, words);
  table.dataset.shape = shape;
  const since = terms.rows[0]?.known_since ? monthOf(terms.rows[0].known_since, screen) : months[0];
  for (const cell of table.querySelectorAll("[data-month]")) mark(/** @type {HTMLElement} */ (cell), "before", cell.getAttribute("data-month") < since ? "true" : null);
  for (const line of lines) {
    const touched = rows.filter(({ reason }) => reason === line);
    for (const month of months) {
      fill(table, `line|${line}|${month}`, touched.filter(({ happened_at: at }) => monthOf(at, screen) === month), words);
    }
    fill(table, `line|${line}|all`, touched, words);
  }
}

/** @param {HTMLElement} table @param {string} show @param {any[]} touched @param {import("../../core/words.mjs").Words} words */
function fill(table, show, touched, words) {
  const cell = find(table, `[data-show="${show}"]`);
  const open = touched.filter(({ rectified_at: at }) => !at).length;
  const whole = show.endsWith("|all");
  write(cell, touched.length || whole ? words.count(touched.length) : "");
  mark(cell, "shade", whole ? "none" : open ? "breach" : touched.length ? String(Math.min(4, 2 + touched.length)) : "none");
  cell.toggleAttribute("disabled", !touched.length);
  cell.setAttribute("aria-pressed", String(address.get("show") === show));
  const [, line, month] = show.split("|");
  const said = words.say("safety.line-cell", { line: words.name("redline", line), month: whole ? words.say("safety.year") : month, count: touched.length, open });
  cell.setAttribute("aria-label", said);
}

/** @param {HTMLElement} table @param {string[]} lines @param {string[]} months @param {import("../../core/words.mjs").Words} words */
function build(table, lines, months, words) {
  const heads = months.map((month, at) => {
    const number = String(Number(month.slice(5)));
    const text = at === 0 || number === "1" ? words.say("safety.month", { month: number }) : number;
    return make("span", { class: "cell-head", role: "columnheader", "data-now": at === months.length - 1 }, text);
  });
  const total = make("span", { class: "cell-head", role: "columnheader" }, words.say("safety.total"));
  const rows = lines.map((line) => {
    const cells = [...months, "all"].map((month) =>
      make("div", { role: "cell" }, make("button", { type: "button", class: month === "all" ? "cell cell-total" : "cell", "data-month": month, "data-show": `line|${line}|${month}` })));
    return make("div", { class: "line-row", role: "row" }, make("span", { class: "line-name", role: "rowheader" }, words.name("redline", line)), ...cells);
  });
  table.replaceChildren(make("div", { class: "line-row", role: "row" }, make("span", { role: "cell" }), ...heads, total), ...rows);
}
