/** Lines over time in real pixels: sized by the room there is, drawn anew when it changes. */

import { svgPart } from "./svg.mjs";

/**
 * @typedef {{points: {at: number, value: number|null}[], kind: "now"|"before"|"second", dot?: boolean}} Line
 * @typedef {{width: number, height: number, from: number, to: number, low: number, high: number, left?: number, right?: number, top?: number, bottom?: number}} Frame
 */

/** @param {Frame} frame */
export function scales({ width, height, from, to, low, high, left = 0, right = 0, top = 0, bottom = 0 }) {
  const [w, h] = [width - left - right, height - top - bottom];
  return {
    x: (/** @type {number} */ at) => left + (w * (at - from)) / (to - from || 1),
    y: (/** @type {number} */ value) => top + h - (h * (value - low)) / (high - low || 1),
    at: (/** @type {number} */ x) => from + ((x - left) / (w || 1)) * (to - from),
  };
}

/** The parts of a picture that lines make. @param {Frame} frame @param {Line[]} lines @returns {SVGElement[]} */
export function drawLines(frame, lines) {
  const { x, y } = scales(frame);
  const parts = [];
  for (const { points, kind, dot } of lines) {
    const d = pathOf(points, x, y);
    if (d) parts.push(svgPart("path", { d, class: `chart-line line-${kind}` }));
    const last = dot ? points.findLast(({ value }) => value !== null) : undefined;
    if (last) parts.push(svgPart("circle", { cx: x(last.at), cy: y(/** @type {number} */ (last.value)), r: 4, class: "line-dot" }));
  }
  return parts;
}

/** A line broken where nothing is known. @param {Line["points"]} points @param {(at: number) => number} x @param {(value: number) => number} y */
function pathOf(points, x, y) {
  let d = "";
  let pen = false;
  for (const { at, value } of points) {
    if (value === null) pen = false;
    else {
      d += `${pen ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = true;
    }
  }
  return d;
}

/** A level line across the frame. @param {Frame} frame @param {number} value @param {string} name */
export function levelLine(frame, value, name) {
  const at = scales(frame).y(value);
  return svgPart("line", { x1: frame.left ?? 0, x2: frame.width - (frame.right ?? 0), y1: at, y2: at, class: name });
}

/** Text in a picture. @param {string} text @param {number} x @param {number} y @param {Record<string, string>} [attributes] */
export function label(text, x, y, attributes = {}) {
  const part = svgPart("text", { x: x.toFixed(1), y: y.toFixed(1), class: "line-label", ...attributes });
  part.append(text);
  return part;
}

/** Tell the size of an element, now and whenever it changes. @param {Element} element @param {(width: number, height: number) => void} tell */
export function sized(element, tell) {
  let before = "";
  new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect;
    const now = `${Math.round(width)} ${Math.round(height)}`;
    if (now === before || width < 1) return;
    before = now;
    tell(Math.round(width), Math.round(height));
  }).observe(element);
}
