/** A line without axes: this series solid with its last point, the one it is compared with dashed. */

import { svgPart } from "./svg.mjs";

const [WIDTH, HEIGHT, EDGE] = [100, 40, 4];

/**
 * Draw into an `svg` element, made anew only where the numbers changed.
 * @param {SVGElement} svg @param {(number|null)[]} values @param {(number|null)[]} [before] @param {number} [slots] points of a full width
 */
export function sparkline(svg, values, before = [], slots = Math.max(values.length, before.length)) {
  const told = JSON.stringify([values, before, slots]);
  if (svg.dataset.told === told) return;
  svg.dataset.told = told;
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const known = [...values, ...before].filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const place = (/** @type {number} */ value, /** @type {number} */ at) => [
    slots > 1 ? (EDGE + ((WIDTH - 2 * EDGE) * at) / (slots - 1)).toFixed(2) : String(WIDTH / 2),
    (HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (value - low)) / (high - low || 1)).toFixed(2),
  ];
  const parts = known.length ? [line(before, place, "spark-before"), line(values, place, "spark-now"), dot(values, place)] : [];
  svg.replaceChildren(...parts.filter((part) => part !== null));
}

/** @param {(number|null)[]} values @param {(value: number, at: number) => string[]} place @param {string} name */
function line(values, place, name) {
  const points = values.map((value, at) => (value === null ? null : place(value, at).join(","))).filter(Boolean);
  if (points.length < 2) return null;
  const drawn = svgPart("polyline");
  drawn.setAttribute("points", points.join(" "));
  drawn.setAttribute("class", name);
  return drawn;
}

/** A dot that stays round however the picture is stretched. @param {(number|null)[]} values @param {(value: number, at: number) => string[]} place */
function dot(values, place) {
  const at = values.findLastIndex((value) => value !== null);
  if (at < 0) return null;
  const [x, y] = place(/** @type {number} */ (values[at]), at);
  const drawn = svgPart("path");
  drawn.setAttribute("d", `M${x} ${y}h0.001`);
  drawn.setAttribute("class", "spark-dot");
  return drawn;
}
