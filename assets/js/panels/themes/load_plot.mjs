/** Who carries how much: a dot a grid on the line of its street, the middle one as a tick, the fair band behind. */

import { find, KeyedList, make, mark, write } from "../../core/dom.mjs";
import { svgPart } from "../../chart/svg.mjs";
import { address, choose, chosenOf, loadOf, quantile } from "./force.mjs";
import { shortName } from "./names.mjs";
import { showing } from "./showing.mjs";

const BAND = [300, 500];
const [HEIGHT, SPREAD] = [20, 11];

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function loadPlot(panel, screen) {
  const { words, selection } = screen;
  const list = new KeyedList(find(panel, ".load-rows"), create, (node, row) => update(node, row, screen));
  find(panel, ".load-rows").addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const way = /** @type {HTMLElement|null} */ (target.closest(".load-name"));
    if (target.dataset.id) choose(target.dataset.id);
    else if (way) selection.chooseArea(way.dataset.area ?? "");
  });
  showing(panel, screen, address, "grid_force", (channel) => {
    const rows = [...channel.rows.values()];
    const loads = rows.map(loadOf).filter((load) => load !== null);
    const [low, high] = [Math.floor(Math.min(BAND[0], ...loads) / 50) * 50, Math.ceil(Math.max(BAND[1], ...loads) / 50) * 50];
    const chosen = chosenOf(rows, screen);
    const told = streets(rows, screen).map((street) => ({ ...street, low, high, chosen }));
    list.show(told.map((street) => [street.id, street]));
    scale(panel, low, high);
    const gini = unevenness(loads);
    write(find(panel, ".load-gini"), gini === null ? "" : words.say("grids.gini", { value: gini.toFixed(2) }));
  });
}

/** The streets with their grids, the most loaded first; of one street its communities. @param {any[]} rows @param {import("../../core/follow.mjs").Screen} screen */
function streets(rows, { geography }) {
  /** @type {Map<string, any[]>} */
  const found = new Map();
  const one = new Set(rows.map((row) => row.street_id)).size < 2;
  const around = (/** @type {any} */ row) => (one ? (geography.areas[row.area_id]?.parent ?? row.street_id) : row.street_id);
  for (const row of rows) found.set(around(row), [...(found.get(around(row)) ?? []), row]);
  const told = [...found].map(([id, grids]) => ({
    id, grids, silent: grids.filter((row) => row.silent).length,
    median: quantile(grids.map(loadOf).filter((load) => load !== null)),
  }));
  return told.sort((a, b) => (b.median ?? -1) - (a.median ?? -1) || (a.id < b.id ? -1 : 1));
}

/** Gini's measure: 0 where all carry the same. @param {number[]} loads */
export function unevenness(loads) {
  const sorted = [...loads].sort((a, b) => a - b);
  const sum = sorted.reduce((all, load) => all + load, 0);
  if (!sum) return null;
  const ranked = sorted.reduce((all, load, at) => all + (at + 1) * load, 0);
  return (2 * ranked) / (sorted.length * sum) - (sorted.length + 1) / sorted.length;
}

function create() {
  const plot = svgPart("svg", { class: "load-plot", "aria-hidden": "true" });
  const cells = ["load-median", "load-grids", "load-silent"].map((name) => make("span", { class: name }));
  return make("li", { class: "load-row" }, make("button", { type: "button", class: "load-name" }), /** @type {any} */ (plot), ...cells);
}

/** @param {HTMLElement} node @param {any} street @param {import("../../core/follow.mjs").Screen} screen */
function update(node, street, screen) {
  const { words } = screen;
  const name = find(node, ".load-name");
  write(name, shortName(screen, street.id));
  mark(name, "area", street.id);
  name.setAttribute("aria-label", words.say("themes.enter", { name: shortName(screen, street.id) }));
  write(find(node, ".load-median"), words.count(street.median));
  write(find(node, ".load-grids"), words.count(street.grids.length));
  write(find(node, ".load-silent"), street.silent ? words.count(street.silent) : "·");
  mark(find(node, ".load-silent"), "some", street.silent ? "true" : null);
  const shape = JSON.stringify([street.low, street.high, street.chosen, street.grids.map((/** @type {any} */ row) => [row.area_id, loadOf(row), row.silent])]);
  if (node.dataset.shape === shape) return;
  node.dataset.shape = shape;
  draw(/** @type {any} */ (node.querySelector(".load-plot")), street);
}

/** @param {SVGElement} plot @param {any} street */
function draw(plot, { grids, median, low, high, chosen }) {
  const at = (/** @type {number} */ load) => `${((100 * (load - low)) / (high - low)).toFixed(2)}%`;
  plot.setAttribute("height", String(HEIGHT));
  const band = svgPart("rect", { class: "load-band", x: at(BAND[0]), width: `${((100 * (BAND[1] - BAND[0])) / (high - low)).toFixed(2)}%`, y: 0, height: HEIGHT });
  const dots = grids.filter((/** @type {any} */ row) => loadOf(row) !== null).map((/** @type {any} */ row, /** @type {number} */ turn) => svgPart("circle", {
    cx: at(/** @type {number} */ (loadOf(row))), cy: (HEIGHT / 2 + SPREAD * (((turn * 0.618) % 1) - 0.5)).toFixed(1), r: row.area_id === chosen ? 4 : 2,
    class: row.area_id === chosen ? "load-dot is-chosen" : row.silent ? "load-dot is-silent" : "load-dot", "data-id": row.area_id,
  }));
  const tick = median === null ? [] : [svgPart("line", { class: "load-tick", x1: at(median), x2: at(median), y1: 2, y2: HEIGHT - 2 })];
  plot.replaceChildren(band, ...dots, ...tick);
}

/** @param {HTMLElement} panel @param {number} low @param {number} high */
function scale(panel, low, high) {
  const marks = [];
  for (let load = Math.ceil(low / 100) * 100; load <= high; load += 100) {
    const mark = make("span", {}, String(load));
    mark.style.left = `${(100 * (load - low)) / (high - low)}%`;
    marks.push(mark);
  }
  find(panel, ".load-scale").replaceChildren(...marks);
}
