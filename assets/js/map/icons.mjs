/** The icons of the map's tools, drawn as strokes. */

import { svgPart } from "../chart/svg.mjs";

const PATHS = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M15.5 15.5L20 20",
  pen: "M5 16L8 5L19 8L17 18L9 20ZM5 16h.01M8 5h.01M19 8h.01M17 18h.01M9 20h.01",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return svgPart("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svgPart("path", { d: PATHS[name] }));
}
