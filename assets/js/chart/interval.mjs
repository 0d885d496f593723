/** A value with its interval beside a target: a bar, a dot, and a dotted line; on a scale that all rows share. */

import { make } from "../core/dom.mjs";

/** @typedef {{low: number, high: number}} Scale */

/** The scale that shows these rows with the target, in whole percent. @param {any[]} rows @param {number} target @param {number} least @returns {Scale} */
export function scaleOf(rows, target, least) {
  const low = Math.min(target - 1, ...rows.map((row) => row.low));
  const high = Math.max(target + 1, ...rows.map((row) => row.high));
  return { low: Math.max(least, Math.floor(low)), high: Math.min(100, Math.ceil(high)) };
}

/** @returns {HTMLElement} */
export function interval() {
  return make("span", { class: "interval", "aria-hidden": "true" },
    make("i", { class: "interval-target" }), make("i", { class: "interval-bar" }), make("i", { class: "interval-dot" }));
}

/** @param {HTMLElement} element @param {any} row with `value`, `low`, `high`, `target` @param {Scale} scale */
export function showInterval(element, row, scale) {
  const place = (/** @type {number} */ value) => Math.min(100, Math.max(0, (100 * (value - scale.low)) / (scale.high - scale.low)));
  const [target, bar, dot] = /** @type {HTMLElement[]} */ ([...element.children]);
  target.style.left = `${place(row.target)}%`;
  bar.style.left = `${place(row.low)}%`;
  bar.style.width = `${place(row.high) - place(row.low)}%`;
  dot.style.left = `${place(row.value)}%`;
}
