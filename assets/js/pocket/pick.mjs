/** Picking a place on the map: the map moves under a cross, and the thumb says "here". */

import { find, write } from "../core/dom.mjs";
import { phone } from "./phone.mjs";
import { areaAt, placeName } from "./where.mjs";

/** Whether there is a map to pick on. */
export const pickable = () => Boolean(window.citybrain.map?.getCenter);

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function pick(element, screen) {
  const { page, geography, words } = screen;
  /** @type {((point: [number, number]) => void)|null} */
  let chosen = null;
  const where = find(element, ".pick-where");
  /** @returns {[number, number]} */
  const centre = () => {
    const { lng, lat } = window.citybrain.map.getCenter();
    return [lng, lat];
  };
  const look = async () => {
    if (element.hidden) return;
    const area = await areaAt(geography, centre());
    write(where, area ? placeName(screen, area) : words.say("report.outside"));
    find(element, ".pick-here").toggleAttribute("disabled", !area);
  };
  const end = () => {
    element.hidden = true;
    delete page.root.dataset.picking;
    window.citybrain.map.off("moveend", look);
  };
  page.root.addEventListener("citybrain:pick", (event) => {
    const { from, done } = /** @type {CustomEvent} */ (event).detail;
    chosen = done;
    element.hidden = false;
    page.root.dataset.picking = "true";
    phone(screen).tab("map");
    const { map } = window.citybrain;
    map.on("moveend", look);
    if (from) map.jumpTo({ center: from, zoom: Math.max(15, map.getZoom()) });
    look();
  });
  find(element, ".pick-cancel").addEventListener("click", () => {
    end();
    page.root.dispatchEvent(new Event("citybrain:report"));
  });
  find(element, ".pick-here").addEventListener("click", () => {
    const point = centre();
    end();
    chosen?.(point);
  });
}
