/** How a number of a briefing is written, and what it is compared with. */

/** @typedef {import("../core/words.mjs").Words} Words */

/** Hours from which a span is easier read in days. */
const DAYS_FROM = 72;
const YESTERDAY = 1;
const WEEK = 7;
const AGAINST_WEEK = new Set(["median_handling_time", "satisfaction_rate", "open_disputes"]);

/** @param {number|null} value @param {string} unit @param {Words} words */
export function reading(value, unit, words) {
  if (unit === "cases" || unit === "grids") return { text: words.count(value), unit: words.say(`unit.${unit}`) };
  if (unit === "hours" && value !== null && value >= DAYS_FROM) return { text: words.decimal(value / 24), unit: words.say("unit.days") };
  return { text: words.decimal(value), unit: words.say(`unit.${unit}`) };
}

/** What a number is compared with, and whether that asks for an act. @param {any} row @param {(number|null)[]} trend @param {Words} words */
export function comparison(row, trend, words) {
  if (row.value === null) return { words: "", act: false };
  if (row.beside !== null && row.beside !== undefined) return { words: besideOf(row, words), act: row.metric !== "active_grids" && row.beside > 0 };
  if (row.metric === "on_time_closure_rate" && row.target) return againstTarget(row, words);
  const back = AGAINST_WEEK.has(row.metric) ? WEEK : YESTERDAY;
  const before = back === WEEK || row.previous === undefined ? (trend.at(-1 - back) ?? null) : row.previous;
  if (before === null) return { words: "", act: false };
  const base = words.say(back === WEEK ? "tablet.week" : "compare.yesterday");
  const moved = row.value - before;
  if (Math.abs(moved) < (row.unit === "cases" ? 1 : 0.05)) return { words: `${base} ${words.say("compare.same")}`, act: false };
  return { words: `${base} ${glyph(moved)} ${amount(row, moved, before, words)}`, act: row.metric === "overdue_cases" && moved > 0 };
}

/** @param {any} row @param {Words} words */
function besideOf({ metric, value, beside }, words) {
  return words.say(`beside.${metric}`, { count: words.count(beside), share: words.decimal(beside ? (100 * value) / beside : null) });
}

/** @param {any} row @param {Words} words */
function againstTarget({ value, target }, words) {
  const said = { target: words.count(target), gap: words.decimal(Math.abs(value - target)) };
  return { words: words.say(value < target ? "tablet.target" : "tablet.target-met", said), act: false };
}

/** @param {number} moved */
function glyph(moved) {
  return moved > 0 ? "▲" : "▼";
}

/** @param {any} row @param {number} moved @param {number} before @param {Words} words */
function amount(row, moved, before, words) {
  const size = Math.abs(moved);
  if (row.unit === "hours" && row.value >= DAYS_FROM) return words.decimal(size / 24);
  if (row.unit === "hours" || row.unit === "percent") return words.decimal(size);
  const few = row.metric === "overdue_cases" || row.metric === "open_disputes" || !before;
  return few ? `${words.count(size)} ${words.say("unit.cases")}`.trim() : `${words.decimal((size / before) * 100)}%`;
}
