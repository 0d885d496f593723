/** What lies around a case: fixed points and other open cases, with their distance. */

import { json } from "../map/geography.mjs";

const KM_A_DEGREE = 111.32;

/** @param {[number, number]} from @param {[number, number]} to kilometres east and north */
export function offset(from, to) {
  return [(to[0] - from[0]) * KM_A_DEGREE * Math.cos((from[1] * Math.PI) / 180), (to[1] - from[1]) * KM_A_DEGREE];
}

/** @param {[number, number]} from @param {[number, number]} to metres */
export function metres(from, to) {
  return 1000 * Math.hypot(...offset(from, to));
}

/** Every fixed point, nearest first. @param {import("../map/geography.mjs").Geography} geography @param {[number, number]} place */
export async function points(geography, place) {
  const layers = await Promise.all(geography.layers.map(async ({ name, shape }) => {
    const { features } = await json(`geo/layers/${name}.geojson`);
    return features.map((/** @type {any} */ one) => ({ ...one.properties, shape, layer: name, place: one.geometry.coordinates }));
  }));
  const found = layers.flat().map((point) => ({ ...point, far: metres(place, point.place) }));
  return found.sort((a, b) => a.far - b.far);
}

/** Other open cases within `reach` metres, nearest first. @param {Map<string, any>} rows @param {any} own @param {number} reach */
export function others(rows, own, reach) {
  const found = [...rows.values()].filter((row) => String(row.case_id) !== String(own.case_id) && row.lon !== null);
  const far = found.map((row) => ({ ...row, far: metres([own.lon, own.lat], [row.lon, row.lat]) }));
  return far.filter((row) => row.far <= reach).sort((a, b) => a.far - b.far);
}

/** A distance as people say it. @param {number} far metres @param {import("../core/words.mjs").Words} words */
export function told(far, words) {
  return far < 995 ? words.say("map.metres", { n: Math.max(10, Math.round(far / 10) * 10) }) : words.say("map.kilometres", { n: words.decimal(far / 1000) });
}
