/** A square code from the server's path, in the page's own colours. */

import { svgPart } from "../chart/svg.mjs";

/** @param {{size: number, path: string}} drawn @param {string} label @returns {SVGElement} */
export function squareCode(drawn, label) {
  const box = { viewBox: `0 0 ${drawn.size} ${drawn.size}`, role: "img", "aria-label": label, class: "square-code", "shape-rendering": "crispEdges" };
  const svg = svgPart("svg", box);
  svg.append(svgPart("path", { d: drawn.path }));
  return svg;
}
