/** The order of a leaderboard: by what drags most, by value, by number of rows; what is too small to rank comes last. */

/** @typedef {import("./metric.mjs").Metric} Metric */
/** @typedef {{id: string, name: string, row: any, ranked: boolean, place: number|null}} Standing */

/**
 * @param {any[]} rows @param {string} dimension @param {Metric} metric @param {string} sort @param {(row: any) => string} name
 * @returns {Standing[]}
 */
export function standings(rows, dimension, metric, sort, name) {
  const all = rows
    .filter((row) => row.n > 0)
    .map((row) => ({ id: idOf(row, dimension), name: name(row), row, ranked: metric.whole || Boolean(row.rankable), place: /** @type {number|null} */ (null) }));
  const weight = weightOf(metric, sort);
  all.sort((a, b) => Number(b.ranked) - Number(a.ranked) || weight(a.row) - weight(b.row) || b.row.n - a.row.n || (a.id < b.id ? -1 : 1));
  all.forEach((one, at) => (one.place = one.ranked ? at + 1 : null));
  return all;
}

/** Stands for the rows that have no value of a dimension, where an empty text stands for nothing chosen. */
export const NONE = "-";

/** How a filter names a value. @param {string} id */
export const kept = (id) => (id === NONE ? "" : id);

/** The text of a row's value of a dimension. @param {any} row @param {string} dimension */
export function idOf(row, dimension) {
  const id = row.key?.[dimension];
  return id === null || id === undefined ? NONE : String(id);
}

/** What a row is sorted by: least first. @param {Metric} metric @param {string} sort @returns {(row: any) => number} */
function weightOf(metric, sort) {
  const worst = metric.falls || metric.whole ? -1 : 1;
  if (sort === "n") return (row) => -row.n;
  if (sort === "value") return (row) => worst * (row.value ?? 0);
  return (row) => worst * (row.contribution ?? row.value ?? 0);
}
