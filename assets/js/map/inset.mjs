/** The dense core of the city, magnified: the same marks and the same scale of colour; a box on the map shows where it is. */

import { svgPart } from "../chart/svg.mjs";
import { find, write } from "../core/dom.mjs";

/** @param {import("./area_map.mjs").AreaMap} map @param {HTMLElement} element */
export async function inset(map, element) {
  const { geography } = map.screen;
  const { core } = geography;
  element.hidden = !core;
  if (!core || element.dataset.state === "drawn") return;
  element.dataset.state = "drawn";
  const container = find(element, ".inset-canvas");
  const canvas = await map.draw(container, { interactive: false, level: geography.finest });
  const lines = svgPart("svg", { class: "inset-leaders", "aria-hidden": "true" });
  map.panel.append(lines);
  const look = () => {
    if (!container.clientWidth) return;
    canvas.look(core, { padding: 0, duration: 0 });
    map.canvas.frame(canvas.box);
    title(map, element, canvas.box);
    lead(map, lines, container, canvas.box);
  };
  new ResizeObserver(look).observe(container);
  map.canvas.on("moveend", () => lead(map, lines, container, canvas.box));
  look();
}

/** Name it with how many areas are to be seen in it. @param {import("./area_map.mjs").AreaMap} map @param {HTMLElement} element @param {number[]} box */
function title({ screen }, element, [west, south, east, north]) {
  const { geography, words } = screen;
  const within = (/** @type {any} */ area) => area.lon >= west && area.lon <= east && area.lat >= south && area.lat <= north;
  const count = geography.at(geography.finest).filter((id) => within(geography.areas[id])).length;
  const level = words.say(`level.${geography.finest}`);
  write(find(element, ".inset-title"), words.say("map.core", { count: words.count(count), level }));
}

/** Two fine lines from the box to its picture. @param {import("./area_map.mjs").AreaMap} map @param {SVGElement} lines @param {HTMLElement} picture @param {number[]} box */
function lead({ canvas, panel }, lines, picture, [west, south, east, north]) {
  const [own, other] = [panel.getBoundingClientRect(), picture.getBoundingClientRect()];
  const ratio = panel.clientWidth / (own.width || 1);
  const [left, right] = [(other.left - own.left) * ratio, (other.right - own.left) * ratio];
  const [top, bottom] = [(other.top - own.top) * ratio, (other.bottom - own.top) * ratio];
  const corners = [[canvas.project([west, south]), left, bottom], [canvas.project([east, north]), right, top]];
  lines.replaceChildren(...corners.map(([at, x, y]) => svgPart("line", { x1: at.x, y1: at.y, x2: x, y2: y })));
}
