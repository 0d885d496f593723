/** What the panels of the grids screen share: the address, the measures, the clusters of urban grids. */

import { boundsOf } from "../../map/shapes.mjs";
import { Address } from "./address.mjs";

const HOUR = 3_600_000;
/** Grids less than this many degrees apart are one cluster: about 500 m. */
const APART = 0.005;

export const address = new Address({ measure: "patrol", period: "today", grid: "" });
export const choose = (/** @type {string} */ grid) => address.set({ grid });

/** @typedef {Record<string, any>} Grid */

/** Hours since the last act. @param {Grid} row @param {number} now */
export const hoursOf = (row, now) => (row.last_act_at ? (now - Date.parse(row.last_act_at)) / HOUR : null);

/** Households a full-time worker. @param {Grid} row */
export const loadOf = (row) => (row.full_time && row.households !== null ? row.households / row.full_time : null);

/** How many times its own usual gap a grid has been still: its gap between active days, at least a day. @param {Grid} row @param {number} now */
export const gapsOf = (row, now) => (hoursOf(row, now) ?? Infinity) / Math.max(row.gap_hours ?? 0, 24);

/**
 * The ways to shade, each with the steps between six shades; `dark`: much is dark.
 * @type {Record<string, {breaks: Record<string, number[]>, dark?: boolean, value: (row: Grid, period: string, now: number) => number|null}>}
 */
const MEASURES = {
  hours: { breaks: { today: [4, 8, 12, 24, 48] }, dark: true, value: (row, _, now) => hoursOf(row, now) },
  patrol: { breaks: { 7: [2, 4, 6, 7, 9], 30: [10, 20, 25, 30, 35] }, value: (row, period) => row[`visits_${period}`] },
  force: { breaks: { today: [1, 2, 3, 4, 6], 7: [7, 14, 18, 22, 28], 30: [30, 60, 75, 90, 110] }, value: (row, period) => (row.full_time ? row[`acts_${period}`] / row.full_time : null) },
  load: { breaks: { today: [200, 250, 300, 350, 400], 7: [200, 250, 300, 350, 400], 30: [200, 250, 300, 350, 400] }, value: loadOf },
  density: { breaks: { today: [1, 5, 10, 20, 40], 7: [10, 25, 50, 100, 200], 30: [50, 100, 200, 400, 800] }, value: (row, period) => (row.area_km2 ? row[`reports_${period}`] / row.area_km2 : null) },
};

/** The present measure: its name, its steps, and the shade of a grid. @param {number} now */
export function measure(now) {
  const period = ["today", "7", "30"].includes(address.get("period")) ? address.get("period") : "today";
  const asked = address.get("measure") in MEASURES ? address.get("measure") : "patrol";
  const name = asked === "patrol" && period === "today" ? "hours" : asked;
  const { breaks, dark, value } = MEASURES[name];
  const steps = breaks[period];
  const shade = (/** @type {Grid|undefined} */ row) => {
    const found = row ? value(row, period, now) : null;
    if (found === null) return name === "hours" ? 0 : null;
    const step = steps.filter((limit) => found >= limit).length;
    return dark ? 5 - step : step;
  };
  return { name, period, steps, dark: Boolean(dark), shade, value: (/** @type {Grid} */ row) => value(row, period, now) };
}

/** The middle one, or the one below which a share lies. @param {number[]} values @param {number} [share] */
export function quantile(values, share = 0.5) {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
}

/**
 * Grids that lie together, the largest cluster first.
 * @param {string[]} ids @param {any[]} features @returns {string[][]}
 */
export function clusters(ids, features) {
  const wanted = new Set(ids);
  const boxes = features.filter(({ properties }) => wanted.has(properties.area_id)).map(({ properties, geometry }) => ({ id: properties.area_id, box: boundsOf(geometry) }));
  boxes.sort((a, b) => a.box[0] - b.box[0]);
  const leader = boxes.map((_, at) => at);
  const root = (/** @type {number} */ at) => {
    while (leader[at] !== at) at = leader[at] = leader[leader[at]];
    return at;
  };
  boxes.forEach(({ box }, at) => {
    for (let other = at + 1; other < boxes.length && boxes[other].box[0] - box[2] < APART; other += 1) {
      const near = boxes[other].box;
      if (near[1] - box[3] < APART && box[1] - near[3] < APART) leader[root(other)] = root(at);
    }
  });
  /** @type {Map<number, string[]>} */
  const found = new Map();
  boxes.forEach(({ id }, at) => found.set(root(at), [...(found.get(root(at)) ?? []), id]));
  return [...found.values()].map((group) => group.sort()).sort((a, b) => b.length - a.length);
}

/** Silent grids, the longest against their own habit first. @param {Iterable<Grid>} rows @param {number} now */
export function silentOf(rows, now) {
  const found = [...rows].filter(({ silent }) => silent);
  return found.sort((a, b) => gapsOf(b, now) - gapsOf(a, now) || (a.area_id < b.area_id ? -1 : 1));
}

let first = "";

/** The grid that is looked at: the chosen one, the selected area where it is one, else the most silent. @param {Iterable<Grid>} rows @param {import("../../core/follow.mjs").Screen} screen */
export function chosenOf(rows, { selection, geography, clock }) {
  if (address.get("grid")) return address.get("grid");
  if (geography.areas[selection.area]?.level === "grid") return selection.area;
  const all = [...rows];
  if (!all.some(({ area_id: id }) => id === first)) first = (silentOf(all, clock.now())[0] ?? all[0])?.area_id ?? "";
  return first;
}
