/** A small still map: the areas around a point and its mark, drawn as lines; no map library, no network. */

import { svgPart } from "../chart/svg.mjs";
import { boundsOf } from "../map/shapes.mjs";
import { metresBetween } from "./where.mjs";

const SIDE = 100;
const REACH = 0.0045;
const FARTHEST = 4000;
/** @type {Record<string, string>} */
const MARKS = { overdue: "50,36 64,50 50,64 36,50", due_soon: "50,37 64,61 36,61" };

/** @typedef {{point: [number, number], urgency?: string, me?: [number, number]|null, accuracy?: number}} Shown */

/** @param {HTMLElement} element @param {import("../map/geography.mjs").Geography} geography @param {Shown|null} shown */
export async function miniMap(element, geography, shown) {
  if (!shown) return element.replaceChildren();
  await geography.load();
  const shapes = geography.finest ? await geography.shapes(geography.finest) : { features: [] };
  const near = shown.me && metresBetween(shown.point, shown.me) < FARTHEST ? shown.me : null;
  const frame = framed(shown.point, near);
  const areas = shapes.features.filter((/** @type {any} */ feature) => touches(boundsOf(feature.geometry), frame));
  const paths = areas.map((/** @type {any} */ feature) => svgPart("path", { class: "mini-area", d: outline(feature.geometry, frame) }));
  const picture = svgPart("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, class: "mini-map", "aria-hidden": "true", preserveAspectRatio: "xMidYMid slice" });
  picture.append(...paths, ...marks(shown, near, frame));
  element.replaceChildren(picture);
}

/** @typedef {{west: number, north: number, wide: number, high: number}} Frame */

/** @param {[number, number]} point @param {[number, number]|null} other @returns {Frame} */
function framed(point, other) {
  const narrow = Math.cos((point[1] * Math.PI) / 180);
  const reach = other ? Math.max(REACH, 1.3 * Math.abs(other[1] - point[1]), 1.3 * Math.abs(other[0] - point[0]) * narrow) : REACH;
  return { west: point[0] - reach / narrow, north: point[1] + reach, wide: (2 * reach) / narrow, high: 2 * reach };
}

/** @param {number[]} bounds @param {Frame} frame */
function touches([west, south, east, north], frame) {
  return west < frame.west + frame.wide && east > frame.west && north > frame.north - frame.high && south < frame.north;
}

/** @param {number[]} point @param {Frame} frame */
function at([lon, lat], { west, north, wide, high }) {
  return [((lon - west) / wide) * SIDE, ((north - lat) / high) * SIDE];
}

/** @param {any} geometry @param {Frame} frame */
function outline(geometry, frame) {
  const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  const path = (/** @type {number[][]} */ ring) => `M${ring.map((point) => at(point, frame).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`;
  return rings.map(path).join("");
}

/** @param {Shown} shown @param {[number, number]|null} me @param {Frame} frame */
function marks({ urgency, accuracy, point }, me, frame) {
  const parts = [];
  if (me) {
    const [x, y] = at(me, frame);
    parts.push(svgPart("line", { class: "mini-way", x1: x, y1: y, x2: 50, y2: 50 }), svgPart("circle", { class: "mini-me", cx: x, cy: y, r: 5 }));
  }
  if (urgency === undefined) {
    const reach = accuracy ? Math.min(45, Math.max(10, (accuracy / metresBetween(point, [point[0], point[1] + frame.high])) * SIDE)) : 12;
    parts.push(svgPart("circle", { class: "mini-reach", cx: 50, cy: 50, r: reach }), svgPart("circle", { class: "mini-me", cx: 50, cy: 50, r: 5 }));
    return parts;
  }
  parts.push(svgPart("circle", { class: "mini-ring", cx: 50, cy: 50, r: 19 }));
  const drawn = MARKS[urgency] ? svgPart("polygon", { class: `mini-${urgency}`, points: MARKS[urgency] }) : svgPart("circle", { class: "mini-open", cx: 50, cy: 50, r: 7 });
  return [...parts, drawn];
}
