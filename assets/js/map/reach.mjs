/** What others may ask of the map of their screen: `screen.map`. */

import { around } from "./shapes.mjs";

/**
 * @typedef {object} Reach
 * @property {(id: string) => void} flash light up a case or an area, once
 * @property {(place: [number, number]|null) => void} follow keep a moving place in the picture; null: no more
 * @property {(...areas: string[]) => Promise<void>} fit look at areas
 * @property {(words?: string) => void} search open the search for places
 * @property {() => void} draw draw a shape; again: leave it
 */

const FLASH = 180;
const FLASH_STILL = 2000;

/** Offer the screen's first map to others. @param {import("./area_map.mjs").AreaMap} map */
export function reach(map) {
  const { screen } = map;
  if (screen.map) return;
  Object.assign(window.citybrain, { map: map.canvas.map ?? map.canvas, areaMap: map });
  screen.map = {
    flash: (id) => flash(map, id),
    follow: (place) => {
      for (const canvas of map.canvases) canvas.ring(place);
      if (place && !map.canvas.sees(place)) map.canvas.fly(place, { duration: map.flight() });
    },
    fit: async (...areas) => {
      const boxes = await Promise.all(areas.map((id) => screen.geography.boundsOf(id)));
      map.canvas.look(around(boxes), { padding: 40, maxZoom: 15, duration: map.flight() });
    },
    search: () => map.search?.open(),
    draw: () => (map.drawing?.active ? map.drawing.stop() : map.drawing?.start()),
  };
}

/** How long something is lit up: longer where it may not fade. */
export function flashSpan() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? FLASH_STILL : FLASH;
}

/** @param {import("./area_map.mjs").AreaMap} map @param {string} id */
function flash(map, id) {
  const span = flashSpan();
  const row = map.marks.get(id);
  const area = map.screen.geography.areas[id];
  for (const canvas of map.canvases) {
    if (row?.lon !== undefined && row.lon !== null) canvas.flash([row.lon, row.lat], span);
    else if (area) {
      canvas.paint(area.level, id, { flash: true });
      setTimeout(() => canvas.paint(area.level, id, { flash: false }), span);
    }
  }
}
