/** Choosing on a map: a case opens, an area is entered one level at a time, a pointer shows a card. */

import { find, write } from "../core/dom.mjs";

const REACH = 8;

/** @param {import("./canvas.mjs").Canvas} canvas @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function choosing(canvas, panel, screen) {
  const { map } = canvas;
  map.doubleClickZoom.disable();
  map.on("click", (/** @type {any} */ event) => click(canvas, screen, event.point));
  const card = find(panel, ".map-card");
  map.on("mousemove", (/** @type {any} */ event) => hover(canvas, screen, card, event.point));
  map.on("mouseout", () => (card.hidden = true));
}

/** @param {import("./canvas.mjs").Canvas} canvas @param {import("../core/follow.mjs").Screen} screen @param {any} point */
function click(canvas, screen, point) {
  const found = caseAt(canvas, point);
  if (found) return screen.selection.chooseCase(found);
  const next = areaAt(canvas, screen, point);
  return next && screen.selection.chooseArea(next);
}

/** @param {import("./canvas.mjs").Canvas} canvas @param {any} point @returns {string|null} */
function caseAt({ map }, { x, y }) {
  const box = [[x - REACH, y - REACH], [x + REACH, y + REACH]];
  const rank = { overdue: 0, due_soon: 1, open: 2 };
  const found = map.queryRenderedFeatures(box, { layers: ["cases"] });
  found.sort((/** @type {any} */ a, /** @type {any} */ b) => rank[a.properties.urgency] - rank[b.properties.urgency]);
  return found[0]?.properties.case_id ?? null;
}

/**
 * The area one level below the selected one, or beside it, that is under the pointer.
 * @param {import("./canvas.mjs").Canvas} canvas @param {import("../core/follow.mjs").Screen} screen @param {any} point
 */
function areaAt({ map }, { geography, selection }, point) {
  const id = map.queryRenderedFeatures(point, { layers: ["shade"] })[0]?.properties.area_id;
  if (!id) return null;
  for (const ancestor of geography.path(selection.area).reverse()) {
    const next = geography.below(id, ancestor);
    if (next) return next;
  }
  return null;
}

/**
 * @param {import("./canvas.mjs").Canvas} canvas @param {import("../core/follow.mjs").Screen} screen
 * @param {HTMLElement} card @param {any} point
 */
function hover(canvas, screen, card, point) {
  const { geography, words } = screen;
  const over = caseAt(canvas, point);
  const id = areaAt(canvas, screen, point);
  canvas.map.getCanvas().style.cursor = over || id ? "pointer" : "";
  card.hidden = !id;
  if (!id) return;
  const row = screen.areaRow(id) ?? { open: 0, overdue: 0, reported_today: 0 };
  const { open, overdue, reported_today: reported } = row;
  write(card, `${words.field(geography.areas[id], "name")} · ${words.say("map.card", { open, overdue, reported })}`);
  card.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px)`;
}
