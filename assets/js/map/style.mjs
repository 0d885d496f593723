/** The map's style, from the page's tokens: areas, lines, frames; nothing is fetched for it. */

import { stepColours } from "./shades.mjs";

const LINES = {
  county: { color: "--map-county-line", width: 3.8, opacity: 1 },
  township: { color: "--map-town-line", width: 2, opacity: 0.55 },
  village: { color: "--map-town-line", width: 1.2, opacity: 0.4 },
  grid: { color: "--map-grid-line", width: 0.8, opacity: 1 },
};
const QUIET = 0.35;

/** A token of the present theme. @param {string} name */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The empty map. */
export function ground() {
  return {
    version: 8,
    sources: {},
    layers: [{ id: "ground", type: "background", paint: { "background-color": token("--map-outside") } }],
  };
}

/** @param {string} level */
export function areaSource(level) {
  return { id: `areas-${level}`, promoteId: "area_id" };
}

/** @param {string} level @param {import("./shades.mjs").Shading} way @param {import("./levels.mjs").Range} range @param {number} opacity */
export function shadeLayer(level, way, { from, to }, opacity) {
  return {
    id: `shade-${level}`,
    type: "fill",
    source: areaSource(level).id,
    minzoom: from,
    maxzoom: to,
    paint: {
      "fill-color": shadeColour(way),
      "fill-opacity": ["case", ["boolean", ["feature-state", "outside"], false], QUIET * opacity, opacity],
      "fill-antialias": false,
    },
  };
}

/** @param {import("./shades.mjs").Shading} way */
export function shadeColour(way) {
  return ["case", ["boolean", ["feature-state", "flash"], false], token("--map-selected"), stepColours(way, token)];
}

/** @param {string} level @param {number} unit @param {boolean} coarsest @param {number} from */
export function lineLayer(level, unit, coarsest, from) {
  const line = coarsest ? LINES.county : LINES[/** @type {keyof LINES} */ (level)];
  return {
    id: `line-${level}`,
    type: "line",
    source: areaSource(level).id,
    minzoom: from,
    layout: { "line-join": "round" },
    paint: { "line-color": token(line.color), "line-width": line.width * unit, "line-opacity": line.opacity },
  };
}

/** The chosen area's outline and its dark casing. @param {number} unit */
export function chosenLayers(unit) {
  const layout = { "line-join": "round" };
  return [
    {
      id: "casing", type: "line", source: "chosen", layout,
      paint: { "line-color": token("--map-outside"), "line-width": 12 * unit, "line-opacity": 0.6 },
    },
    { id: "chosen", type: "line", source: "chosen", layout, paint: { "line-color": token("--map-selected"), "line-width": 6 * unit } },
  ];
}

/** The ring around the open case, and the flash of one that changed. @param {number} unit */
export function ringLayers(unit) {
  const paint = { "circle-opacity": 0, "circle-stroke-color": token("--map-selected") };
  return [
    { id: "ring", type: "circle", source: "ring", paint: { ...paint, "circle-radius": 28 * unit, "circle-stroke-width": 5 * unit } },
    { id: "flash", type: "circle", source: "flash", paint: { ...paint, "circle-radius": 40 * unit, "circle-stroke-width": 8 * unit } },
  ];
}

/** Where another map looks, and what was drawn by hand. @param {number} unit */
export function handLayers(unit) {
  return [
    { id: "frame", type: "line", source: "frame", paint: { "line-color": token("--map-selected"), "line-width": 4 * unit } },
    { id: "drawn-fill", type: "fill", source: "drawn", paint: { "fill-color": token("--interactive-base"), "fill-opacity": 0.14 } },
    { id: "drawn", type: "line", source: "drawn", paint: { "line-color": token("--interactive-base"), "line-width": 4 * unit } },
    {
      id: "drawn-points", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-color": token("--interactive-base"), "circle-radius": 9 * unit },
    },
  ];
}
