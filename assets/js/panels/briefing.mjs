/** Ten numbers of an area: each with what it is compared with and how it moved; a touch opens its sheet. */

import { smallTrend } from "../chart/trend.mjs";
import { svgPart } from "../chart/svg.mjs";
import { find, mark, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";
import { comparison, reading } from "./number_words.mjs";
import { numberSheet } from "./number_sheet.mjs";
import { Trends } from "./trends.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {import("../core/words.mjs").Words} Words */

/** @param {HTMLElement} panel @param {Screen} screen */
export function briefing(panel, screen) {
  const trends = new Trends(screen);
  const flash = new Flash();
  /** @type {Map<string, any>} */
  const rows = new Map();
  for (const tile of /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-metric]")])) {
    find(tile, ".tile-spark").append(svgPart("svg", { class: "trend" }));
    tile.addEventListener("click", () => rows.has(tile.dataset.metric ?? "") && numberSheet(screen, rows.get(tile.dataset.metric ?? ""), trends));
  }
  const draw = (/** @type {any} */ row, /** @type {Flash|null} */ flashing) => {
    const tile = find(panel, `[data-metric="${row.metric}"]`);
    if (tile) show(tile, row, trends.of(row), screen.words, flashing);
  };
  for (const view of ["headline", "briefing"]) {
    follow(panel, screen, view, (channel, change) => {
      if (view === "briefing") hideUnknown(panel, channel.rows);
      for (const row of change.set) {
        rows.set(row.metric, row);
        draw(row, change.full ? null : flash);
      }
    });
  }
  trends.addEventListener("change", () => rows.forEach((row) => draw(row, null)));
}

/** A city that keeps no such thing has no tile for it. @param {HTMLElement} panel @param {Map<string, any>} rows */
function hideUnknown(panel, rows) {
  for (const name of ["open_disputes", "active_grids"]) find(panel, `[data-metric="${name}"]`).hidden = !rows.has(name);
}

/** @param {HTMLElement} tile @param {any} row @param {(number|null)[]} trend @param {Words} words @param {Flash|null} flash */
function show(tile, row, trend, words, flash) {
  const { text, unit } = reading(row.value, row.unit, words);
  const changed = write(find(tile, ".value"), text);
  write(find(tile, ".unit"), row.value === null ? "" : unit);
  mark(tile, "alarm", row.metric === "overdue_cases" && row.value > 0 ? "overdue" : null);
  const { words: compared, act } = comparison(row, trend, words);
  write(find(tile, ".metric-compare"), compared);
  mark(tile, "act", act ? "true" : null);
  smallTrend(/** @type {any} */ (find(tile, "svg")), trend);
  if (changed && flash) flash.show(find(tile, ".metric-number"));
}
