/** Where a point lies: its area, and how far it is. */

import { boundsOf } from "../map/shapes.mjs";

const METRES = 111_320;

/** @typedef {[number, number]} Point longitude, latitude */

/** Metres between two points that are near each other. @param {Point} a @param {Point} b */
export function metresBetween(a, b) {
  const east = (b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180);
  return Math.hypot(east, b[1] - a[1]) * METRES;
}

/** @param {number} metres @param {import("../core/words.mjs").Words} words */
export function distance(metres, words) {
  if (metres < 1000) return words.say("pocket.metres", { n: words.count(Math.round(metres / 10) * 10) });
  return words.say("pocket.kilometres", { n: metres < 10_000 ? words.decimal(metres / 1000) : words.count(metres / 1000) });
}

/** The finest area that holds a point. @param {import("../map/geography.mjs").Geography} geography @param {Point} point @returns {Promise<string|null>} */
export async function areaAt(geography, point) {
  await geography.load();
  for (const level of [...geography.levels].reverse()) {
    const { features } = await geography.shapes(level);
    const found = features.find((/** @type {any} */ feature) => holds(feature.geometry, point));
    if (found) return found.properties.area_id;
  }
  return null;
}

/** @param {any} geometry @param {Point} point */
function holds(geometry, [x, y]) {
  const [west, south, east, north] = boundsOf(geometry);
  if (x < west || x > east || y < south || y > north) return false;
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return parts.some((/** @type {Point[][]} */ rings) => rings.filter((ring) => around(ring, x, y)).length % 2 === 1);
}

/** @param {Point[]} ring @param {number} x @param {number} y */
function around(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/**
 * An area by its name and the name around it; a grid that is called after its village stands beside its township.
 * @param {import("../core/follow.mjs").Screen} screen @param {string|null} id
 */
export function placeName({ geography, words }, id) {
  const path = geography.path(id ?? "").slice(1);
  const names = path.map((area) => short(words.field(geography.areas[area], "name"), words));
  const [last, ...above] = names.reverse();
  if (!last) return words.say("place.unknown");
  const around = above.find((name) => !last.startsWith(name));
  if (!around) return last;
  // each language in its order; where the line is short, English loses the coarser name
  return words.language === "en" ? `${last}, ${around}` : `${around} · ${last}`;
}

/** @param {string} name @param {import("../core/words.mjs").Words} words */
function short(name, words) {
  const ending = words.say("map.endings").split("|").find((end) => name.length > end.length + 1 && name.endsWith(end));
  return ending ? name.slice(0, -ending.length) : name;
}
