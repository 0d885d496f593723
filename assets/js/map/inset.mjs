/** The dense core of the city, magnified: the same marks and the same scale of colour; a box on the map shows where it is. */

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
  const look = () => {
    canvas.look(core, { padding: 0, duration: 0 });
    map.canvas.frame(canvas.box);
    title(map, element, canvas.box);
  };
  new ResizeObserver(look).observe(container);
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
