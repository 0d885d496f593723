/** The map's style, from the page's tokens: shapes and marks only, so that nothing is fetched for it. */

const SORT = ["match", ["get", "urgency"], "overdue", 2, "due_soon", 1, 0];
const LINES = {
  county: { color: "--map-county-line", width: 3.8, opacity: 1 },
  township: { color: "--map-town-line", width: 2, opacity: 0.55 },
  village: { color: "--map-town-line", width: 1.2, opacity: 0.4 },
  grid: { color: "--map-grid-line", width: 0.8, opacity: 1 },
};

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

/** @param {string} level @param {number[]} breaks */
export function shadeLayer(level, breaks) {
  return {
    id: "shade",
    type: "fill",
    source: areaSource(level).id,
    paint: {
      "fill-color": shadeColor(breaks),
      "fill-opacity": ["case", ["boolean", ["feature-state", "outside"], false], 0.35, 1],
      "fill-antialias": false,
    },
  };
}

/** @param {number[]} breaks */
export function shadeColor(breaks) {
  const steps = breaks.flatMap((value, step) => [value, token(`--sequential-${step + 1}`)]);
  return ["step", ["coalesce", ["feature-state", "value"], 0], token("--sequential-0"), ...steps];
}

/** @param {"county"|"township"|"village"|"grid"} level @param {number} unit @param {boolean} coarsest */
export function lineLayer(level, unit, coarsest) {
  const line = coarsest ? LINES.county : LINES[level];
  return {
    id: `line-${level}`,
    type: "line",
    source: areaSource(level).id,
    layout: { "line-join": "round" },
    paint: { "line-color": token(line.color), "line-width": line.width * unit, "line-opacity": line.opacity },
  };
}

/** The chosen area's outline and its dark casing. @param {string} level @param {number} unit */
export function chosenLayers(level, unit) {
  const source = areaSource(level).id;
  const none = ["==", ["get", "area_id"], ""];
  const join = { "line-join": "round" };
  return [
    {
      id: `casing-${level}`, type: "line", source, filter: none, layout: join,
      paint: { "line-color": token("--map-outside"), "line-width": 12 * unit, "line-opacity": 0.6 },
    },
    {
      id: `chosen-${level}`, type: "line", source, filter: none, layout: join,
      paint: { "line-color": token("--map-selected"), "line-width": 6 * unit },
    },
  ];
}

/** The cases: ◆ above ▲ above ●. */
export function caseLayer() {
  return {
    id: "cases",
    type: "symbol",
    source: "cases",
    layout: {
      "icon-image": ["concat", "mark-", ["get", "urgency"]],
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "symbol-sort-key": SORT,
    },
  };
}

/** The ring around the open case. @param {number} unit */
export function ringLayer(unit) {
  return {
    id: "ring",
    type: "circle",
    source: "ring",
    paint: {
      "circle-radius": 28 * unit,
      "circle-opacity": 0,
      "circle-stroke-color": token("--map-selected"),
      "circle-stroke-width": 5 * unit,
    },
  };
}
