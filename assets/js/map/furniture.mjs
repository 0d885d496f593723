/** What stands on a map beside its areas: credit, scale, layers, search, the pen, the inset, the list of what was drawn. */

import { find, make, write } from "../core/dom.mjs";
import { AreaList } from "./area_list.mjs";
import { Drawing } from "./drawing.mjs";
import { inset } from "./inset.mjs";
import { Layers } from "./layers.mjs";
import { pixelsPerKilometre } from "./levels.mjs";
import { Search } from "./search.mjs";

const WIDEST = 110;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** @param {import("./area_map.mjs").AreaMap} map */
export async function furnish(map) {
  if (map.mode === "place") return;
  credit(map);
  const insets = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-panel="map-inset"]')]);
  await Promise.all(insets.filter((element) => owner(element) === map.panel).map((element) => inset(map, element)));
  if (map.mode !== "choose") return;
  scale(map);
  if (map.canvas.plain) new AreaList(map);
  const tools = find(map.panel, ".map-tools");
  if (!tools) return;
  map.layers = new Layers(map, find(tools, ".map-layers"));
  map.search = new Search(map, find(tools, ".map-search"));
  const list = /** @type {HTMLElement|null} */ (map.panel.querySelector('[data-panel="map-drawn"]') ?? document.querySelector('[data-panel="map-drawn"]'));
  if (list) map.drawing = new Drawing(map, find(tools, ".map-pen"), list);
}

/** The map nearest to an element that goes with one. @param {HTMLElement} element */
function owner(element) {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const found = around.querySelector('[data-panel="map"]');
    if (found) return found;
  }
  return null;
}

/** Whom the lines and points come from. @param {import("./area_map.mjs").AreaMap} map */
function credit({ panel, screen }) {
  const { credits } = screen.geography;
  if (credits.length) panel.append(make("p", { class: "map-credit" }, screen.words.say("map.credit", { names: credits.join(" · ") })));
}

/** A bar that tells how far a kilometre is. @param {import("./area_map.mjs").AreaMap} map */
function scale({ panel, canvas, screen }) {
  const bar = make("p", { class: "map-scale", "aria-hidden": "true" });
  panel.append(bar);
  const show = () => {
    const one = pixelsPerKilometre(canvas.zoom, canvas.latitude);
    const span = STEPS.findLast((step) => step * one <= WIDEST) ?? STEPS[0];
    write(bar, span < 1 ? screen.words.say("map.metres", { n: span * 1000 }) : screen.words.say("map.kilometres", { n: span }));
    bar.style.width = `${Math.round(span * one)}px`;
  };
  canvas.on("moveend", show);
  show();
}
