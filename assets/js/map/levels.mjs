/** Which level of areas fits a zoom: one whose areas are neither crumbs nor larger than the picture. */

const EARTH = 40_075.017;
const TILE = 512;

/** @typedef {{level: string, from: number, to: number}} Range zooms at which a level is the one that fits */

/** @param {number} zoom @param {number} latitude */
export function pixelsPerKilometre(zoom, latitude) {
  return (TILE * 2 ** zoom) / (EARTH * Math.cos((latitude * Math.PI) / 180));
}

/** The zoom from which something that wide fills so many pixels; 0 where its width is not known. @param {number|undefined} kilometres @param {number} pixels @param {number} latitude */
export function zoomFor(kilometres, pixels, latitude) {
  if (!kilometres) return 0;
  return Math.max(0, Math.log2((pixels * EARTH * Math.cos((latitude * Math.PI) / 180)) / (TILE * kilometres)));
}

/**
 * The zooms of each level: a finer one takes over once its areas are `pixels` wide.
 * @param {string[]} levels coarsest first @param {Record<string, number>} sizes kilometres @param {number} pixels @param {number} latitude
 * @returns {Range[]}
 */
export function ranges(levels, sizes, pixels, latitude) {
  const from = levels.map((level, at) => (at ? zoomFor(sizes[level], pixels, latitude) : 0));
  return levels.map((level, at) => ({ level, from: from[at], to: Math.max(from[at], from[at + 1] ?? 24) }));
}

/** @param {Range[]} all @param {number} zoom */
export function fitting(all, zoom) {
  return (all.findLast((range) => zoom >= range.from) ?? all[0])?.level;
}
