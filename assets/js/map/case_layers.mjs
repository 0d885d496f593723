/** The layers of cases and points: ◆ above ▲ above ●, crowds as one mark that tells how many of them are overdue. */

import { token } from "./style.mjs";

const SORT = ["match", ["get", "urgency"], "overdue", 3, "due_soon", 2, "square", 1, 0];
const CROWDED = ["has", "point_count"];
const RADIUS = 26;

/** What a crowd of cases adds up. */
export const clusterProperties = {
  overdue: ["+", ["case", ["==", ["get", "urgency"], "overdue"], 1, 0]],
  due_soon: ["+", ["case", ["==", ["get", "urgency"], "due_soon"], 1, 0]],
};

/** @param {number} unit */
export function clusterRadius(unit) {
  return 2.6 * RADIUS * unit;
}

/** @param {number} unit @param {number} type pixels of its text */
export function caseLayers(unit, type) {
  const font = [token("--family-digits").replaceAll("'", "").split(",")[0]];
  const free = { "icon-allow-overlap": true, "icon-ignore-placement": true, "text-allow-overlap": true, "text-ignore-placement": true };
  return [
    {
      id: "cases", type: "symbol", source: "cases", filter: ["!", CROWDED],
      layout: { "icon-image": ["concat", "mark-", ["get", "urgency"]], ...free, "symbol-sort-key": SORT },
    },
    {
      id: "clusters", type: "circle", source: "cases", filter: CROWDED,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "point_count"]], 0.7, 0.8 * RADIUS * unit, 7, 1.8 * RADIUS * unit],
        "circle-color": token("--surface-raised"),
        "circle-stroke-color": token("--data-series"),
        "circle-stroke-width": 2 * unit,
      },
    },
    {
      id: "cluster-counts", type: "symbol", source: "cases", filter: CROWDED,
      layout: { "text-field": ["to-string", ["get", "point_count"]], "text-font": font, "text-size": type, ...free },
      paint: { "text-color": token("--text-primary") },
    },
    {
      id: "cluster-overdue", type: "symbol", source: "cases", filter: ["all", CROWDED, [">", ["get", "overdue"], 0]],
      layout: {
        "text-field": ["concat", "◆ ", ["to-string", ["get", "overdue"]]], "text-font": font, "text-size": type,
        "icon-image": "chip-overdue", "icon-text-fit": "both", "icon-text-fit-padding": [1, 4, 1, 4],
        "text-offset": [0, 1.5], ...free, "symbol-sort-key": ["get", "overdue"],
      },
      paint: { "text-color": token("--signal-overdue-on") },
    },
  ];
}

/** A layer of fixed points: from afar they give way to one another, never a case to them. @param {string} name @param {string} shape @param {number} unit */
export function pointLayer(name, shape, unit) {
  return {
    id: `points-${name}`,
    type: "symbol",
    source: `points-${name}`,
    layout: {
      "icon-image": `mark-${shape}`,
      "icon-overlap": ["step", ["zoom"], "never", 11, "always"],
      // a video point is often in a centre: both are to be seen
      "icon-offset": [0, shape === "notched" ? 32 * unit : 0],
      visibility: "none",
    },
  };
}
