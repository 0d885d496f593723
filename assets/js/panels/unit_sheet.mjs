/** The sheet of a unit: how it closes on time, as counted and adjusted, what it carries, its most pressing cases. */

import { interval, scaleOf, showInterval } from "../chart/interval.mjs";
import { make } from "../core/dom.mjs";
import { caseRow } from "./case_row.mjs";
import { openSheet } from "./sheet.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const MOST = 8;

/** @param {Screen} screen @param {string} id @param {string} name */
export function unitSheet(screen, id, name) {
  const { stream, selection } = screen;
  /** @type {(() => void)[]} */
  const leaving = [];
  const { body, dialog } = openSheet(screen, name, () => leaving.forEach((leave) => leave()));
  const [rate, load, cases] = ["unit-rate", "unit-load", "unit-cases"].map((part) => make("section", { class: part }));
  body.append(rate, load, cases, make("p", { class: "formula" }, screen.words.say("tablet.formula")));
  const watch = (/** @type {string} */ view, /** @type {(rows: Map<string, any>) => void} */ draw) =>
    leaving.push(stream.subscribe(view, selection.area, (channel) => channel.loaded && draw(channel.rows)));
  watch("on_time_ranking", (rows) => rate.replaceChildren(...rates(rows, id, screen)));
  watch("unit_load", (rows) => load.replaceChildren(facts([[screen.words.say("tablet.unit-open"), carried(rows.get(id), screen)]])));
  watch("queue", (rows) => cases.replaceChildren(...pressing(rows, name, screen, () => dialog.close())));
}

/** @param {Map<string, any>} rows @param {string} id @param {Screen} screen */
function rates(rows, id, screen) {
  const shown = ["month", "today"].map((period) => rows.get(`${period}:unit:${id}`)).filter(Boolean);
  return shown.map((row) => rateOf(row, screen));
}

/** @param {any} row @param {Screen} screen */
function rateOf(row, { words }) {
  const drawn = interval();
  showInterval(drawn, row, scaleOf([row], row.target, 0));
  const ranked = row.rank_low !== null;
  const block = make("div", { class: "unit-period", "data-below": ranked && row.high < row.target ? "true" : null },
    make("h3", {}, words.say(`span.${row.period}`)),
    make("p", { class: "board-number" }, make("span", { class: "value" }, words.decimal(row.value)), make("span", { class: "unit" }, words.say("unit.percent")),
      make("span", { class: "board-compare" }, `${words.decimal(row.low)}–${words.decimal(row.high)}`)),
    drawn,
    facts([
      [words.say("tablet.unit-raw"), `${words.decimal(row.rate)}${words.say("unit.percent")}`],
      [words.say("tablet.unit-due"), words.count(row.due)],
      [words.say("tablet.unit-late"), words.count(row.late)],
      [words.say("tablet.unit-difficulty"), row.difficulty.toFixed(2)],
      [words.say("tablet.unit-place"), ranked ? `${row.rank_low}–${row.rank_high}` : words.say("tablet.too-few")],
    ]));
  return block;
}

/** @param {any} row @param {Screen} screen */
function carried(row, { words }) {
  return row ? `${words.count(row.open)} / ${words.count(row.overdue)}` : words.say("unknown");
}

/** @param {string[][]} pairs */
function facts(pairs) {
  return make("dl", { class: "unit-facts" }, ...pairs.map(([term, value]) => make("div", {}, make("dt", {}, term), make("dd", {}, value))));
}

/** @param {Map<string, any>} rows @param {string} name @param {Screen} screen @param {() => void} close */
function pressing(rows, name, screen, close) {
  const { words } = screen;
  const own = [...rows.values()].filter((row) => words.field(row, "unit") === name).slice(0, MOST);
  if (!own.length) return [];
  return [make("h3", {}, words.say("tablet.unit-cases")), make("ol", { class: "area-cases-list" }, ...own.map((row) => {
    const item = caseRow(row, screen);
    item.addEventListener("click", close, { capture: true });
    return item;
  }))];
}
