/** The villages of a year in safety creation: which need something, which are shown. */

const DAY = 86_400_000;
/** A village stands still when it stays at its stage this many times as long as the middle one of its batch. */
export const SLOW = 1.8;

/** @typedef {Record<string, any>} Village */

/** The years there is something of, latest first. @param {import("../../core/channel.mjs").Channel} channel @returns {string[]} */
export function years(channel) {
  return [...new Set([...channel.rows.values()].map(({ year }) => String(year)))].sort().reverse();
}

/** The year that is looked at. @param {import("../../core/channel.mjs").Channel} channel @param {import("./address.mjs").Address} address */
export function yearOf(channel, address) {
  const all = years(channel);
  return all.includes(address.get("year")) ? address.get("year") : (all[0] ?? "");
}

/** The villages of the year that is looked at. @param {import("../../core/channel.mjs").Channel} channel @param {import("./address.mjs").Address} address @param {number} now @returns {Village[]} */
export function villagesOf(channel, address, now) {
  const year = yearOf(channel, address);
  return [...channel.rows.values()].filter((row) => String(row.year) === year).map((row) => judged(row, now));
}

/** @param {any} row @param {number} now @returns {Village} */
function judged(row, now) {
  const days = row.stage_at ? Math.floor((now - Date.parse(row.stage_at)) / DAY) : null;
  const usual = row.peers_at ? Math.floor((now - Date.parse(row.peers_at)) / DAY) : null;
  const ratio = days !== null && usual ? days / usual : 0;
  const breached = row.open_breaches > 0;
  return { ...row, days, usual, ratio, breached, still: !breached && !row.finished && row.stage_position !== null && ratio >= SLOW };
}

/** Open breaches first, the latest on top; then the villages that stand still, the longest first. @param {Village} a @param {Village} b */
export function byNeed(a, b) {
  if (a.breached !== b.breached) return a.breached ? -1 : 1;
  if (a.breached) return String(b.breached_at).localeCompare(String(a.breached_at));
  if (a.still !== b.still) return a.still ? -1 : 1;
  return b.ratio - a.ratio || String(a.stage_at).localeCompare(String(b.stage_at)) || (a.area_id < b.area_id ? -1 : 1);
}

/**
 * Whether a village is among those shown: `all`, `named`, `breached`, `still`, `cell|batch|stage` or `line|reason|month`.
 * @param {string} show @param {Village} village @param {Set<string>} touched villages of the line and month
 */
export function passes(show, village, touched) {
  const [kind, first, second] = show.split("|");
  if (kind === "named") return village.finished;
  if (kind === "breached") return village.breached;
  if (kind === "still") return village.still;
  if (kind === "cell") return village.batch === first && village.stage === second;
  if (kind === "line") return touched.has(village.area_id);
  return true;
}

/** The terms of a kind in their order; where none is configured, as the rows name them. @param {Iterable<any>} terms @param {string} kind @param {(string|null)[]} told */
export function ordered(terms, kind, told) {
  const known = [...terms].filter((row) => row.kind === kind).sort((a, b) => a.position - b.position).map((row) => row.term);
  return [...new Set([...known, ...told.filter(Boolean)])];
}
