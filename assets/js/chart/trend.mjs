/** How a number moved: small with its ground filled, or large with days and values written beside it. */

import { svgPart } from "./svg.mjs";

const EDGE = 4;
/** Room for what is written around a large picture, in its own units. */
const ROOM = { left: 56, right: 20, top: 14, bottom: 30 };
const WEEK = 7;

/** @typedef {(number|null)[]} Values */

/** @param {SVGElement} svg @param {Values} values */
export function smallTrend(svg, values) {
  const told = JSON.stringify(values);
  if (svg.dataset.told === told) return;
  svg.dataset.told = told;
  const [width, height] = [100, 48];
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const known = values.filter((value) => value !== null);
  const scale = spread(known, 0);
  const at = (/** @type {number} */ index) => EDGE + ((width - 2 * EDGE) * index) / Math.max(1, values.length - 1);
  const up = (/** @type {number} */ value) => height - EDGE - (height - 2 * EDGE) * scale(value);
  svg.replaceChildren(...(known.length ? [ground(values, at, up, height), line(values, at, up), dot(values, at, up)] : []));
}

/**
 * @param {SVGElement} svg @param {Values} values the last is now
 * @param {{width: number, height: number, target: number|null, day: (back: number) => string, tell: (value: number) => string}} manner
 */
export function largeTrend(svg, values, { width, height, target, day, tell }) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const known = values.filter((value) => value !== null);
  if (!known.length) return svg.replaceChildren();
  const marks = target === null ? known : [...known, target];
  const scale = spread(marks, 0.08);
  const at = (/** @type {number} */ index) => ROOM.left + ((width - ROOM.left - ROOM.right) * index) / Math.max(1, values.length - 1);
  const up = (/** @type {number} */ value) => height - ROOM.bottom - (height - ROOM.top - ROOM.bottom) * scale(value);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const levels = [...new Set([least, most])].map((value) => level(value, up(value), width, tell));
  const days = values.flatMap((_, index) => (((values.length - 1 - index) % WEEK) === 0 ? [dayMark(at(index), height, day(values.length - 1 - index), index === values.length - 1)] : []));
  const aim = target === null ? [] : [svgPart("line", { class: "trend-target", x1: ROOM.left, x2: width - ROOM.right, y1: up(target), y2: up(target) })];
  svg.replaceChildren(...levels, ...days, ...aim, ground(values, at, up, height - ROOM.bottom), line(values, at, up), dot(values, at, up));
}

/** From a value to its share of the height. @param {number[]} values @param {number} air */
function spread(values, air) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || Math.abs(high) || 1;
  const from = low - air * span - (high === low ? span / 2 : 0);
  return (/** @type {number} */ value) => (value - from) / (span * (1 + 2 * air));
}

/** @param {Values} values @param {(index: number) => number} at @param {(value: number) => number} up */
function points(values, at, up) {
  return values.flatMap((value, index) => (value === null ? [] : [`${at(index).toFixed(1)},${up(value).toFixed(1)}`]));
}

/** @param {Values} values @param {(index: number) => number} at @param {(value: number) => number} up @param {number} floor */
function ground(values, at, up, floor) {
  const drawn = points(values, at, up);
  const first = values.findIndex((value) => value !== null);
  const last = values.findLastIndex((value) => value !== null);
  return svgPart("polygon", { class: "trend-ground", points: `${at(first)},${floor} ${drawn.join(" ")} ${at(last)},${floor}` });
}

/** @param {Values} values @param {(index: number) => number} at @param {(value: number) => number} up */
function line(values, at, up) {
  return svgPart("polyline", { class: "trend-line", points: points(values, at, up).join(" ") });
}

/** A dot that stays round however the picture is stretched. @param {Values} values @param {(index: number) => number} at @param {(value: number) => number} up */
function dot(values, at, up) {
  const index = values.findLastIndex((value) => value !== null);
  return svgPart("path", { class: "trend-dot", d: `M${at(index)} ${up(/** @type {number} */ (values[index]))}h0.001` });
}

/** @param {number} value @param {number} y @param {number} width @param {(value: number) => string} tell */
function level(value, y, width, tell) {
  const words = svgPart("text", { x: ROOM.left - 8, y: y + 5, "text-anchor": "end" });
  words.textContent = tell(value);
  return svgPart("g", { class: "trend-level" }, svgPart("line", { x1: ROOM.left, x2: width - ROOM.right, y1: y, y2: y }), words);
}

/** @param {number} x @param {number} height @param {string} name @param {boolean} last */
function dayMark(x, height, name, last) {
  const words = svgPart("text", { class: "trend-day", x: last ? x + ROOM.right : x, y: height - 8, "text-anchor": last ? "end" : "middle" });
  words.textContent = name;
  return words;
}
