/** How a panel shows itself in the room it has, its text always at full size; and the least room it can do with. */

/** The looks of each panel, the richest first: name, least width, least height, in pixels of the drawing. @type {Record<string, [string, number, number][]>} */
const LOOKS = {
  map: [["whole", 880, 500], ["small", 460, 340]],
  legend: [["whole", 1330, 60], ["tight", 1190, 60], ["marks", 800, 60]],
  counts: [["lines", 1000, 440], ["stack", 430, 800], ["row", 900, 285]],
  rates: [["row", 900, 205], ["stack", 330, 560]],
  day: [["whole", 700, 150]],
  funnel: [["bars", 950, 400], ["counts", 400, 340]],
  league: [["bars", 900, 250], ["rates", 560, 250]],
  ticker: [["lines", 900, 114], ["one", 400, 165]],
  case: [["whole", 760, 470]],
  steps: [["whole", 760, 230]],
  "near-map": [["whole", 420, 420]],
  near: [["whole", 700, 400]],
  "grid-counts": [["lines", 900, 490], ["stack", 500, 640]],
  "grid-map": [["whole", 1100, 500], ["small", 460, 420]],
  "grid-key": [["whole", 900, 56]],
  "grid-silent": [["whole", 560, 194]],
  "grid-towns": [["whole", 800, 300]],
  "safety-counts": [["lines", 900, 330], ["stack", 500, 430]],
  "safety-map": [["whole", 1100, 500], ["small", 460, 420]],
  "safety-key": [["whole", 900, 56]],
  "safety-breaches": [["whole", 560, 194]],
  "safety-stages": [["whole", 800, 250]],
  "safety-steps": [["whole", 800, 380]],
};
/** What lies over the map asks for a map of this size. @type {Record<string, [number, number]>} */
const OVER_MAP = { inset: [1180, 800], callout: [1180, 640] };

/** @param {string} name @param {{w: number, h: number}} box @returns {string|null} null where even the plainest look finds no room */
export function lookOf(name, { w, h }) {
  const look = LOOKS[name]?.find(([, width, height]) => w >= width - 1 && h >= height - 1);
  return look ? look[0] : null;
}

/** Whether a panel finds room over a map of this size. @param {string} name @param {{w: number, h: number}} map */
export function liesOver(name, map) {
  const [width, height] = OVER_MAP[name] ?? [Infinity, Infinity];
  return map.w >= width && map.h >= height;
}
