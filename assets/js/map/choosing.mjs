/** Choosing on a map: a case opens, an area is entered one level at a time, a pointer shows a card; a finger selects first. */

import { find, write } from "../core/dom.mjs";
import { up } from "../panels/path.mjs";

const TWICE = 320;
const EDGE = 36;
const SWIPE = 90;

/** @param {import("./area_map.mjs").AreaMap} map */
export function choosing(map) {
  const hand = new Hand(map);
  map.canvas.on("click", (/** @type {any} */ event) => hand.click(event));
  map.canvas.on("dblclick", (/** @type {any} */ event) => hand.enter(event.point));
  map.canvas.on("mousemove", (/** @type {any} */ event) => hand.hover(event.point));
  map.canvas.on("mouseout", () => hand.leave());
  map.panel.addEventListener("keydown", (event) => hand.key(event));
  swipes(map);
}

class Hand {
  /** @type {string|null} the area a finger selected */
  #selected = null;
  #clicked = 0;

  /** @param {import("./area_map.mjs").AreaMap} map */
  constructor(map) {
    this.map = map;
    this.card = find(map.panel, ".map-card");
  }

  /** @param {any} event */
  click({ point, originalEvent }) {
    const { map } = this;
    if (map.drawing?.active) return;
    // the second click of a pair belongs to the pair
    if (performance.now() - this.#clicked < TWICE) return;
    this.#clicked = performance.now();
    const { mark, crowd, area } = map.canvas.at(point);
    if (mark) return map.chooseMark(mark);
    if (crowd) return map.canvas.open(crowd, map.flight());
    const next = area && this.#next(area);
    if (!next) return;
    if (originalEvent?.pointerType === "touch" && this.#selected !== next) return this.#select(next, point);
    this.#selected = null;
    map.screen.selection.chooseArea(next);
  }

  /** Enter the area shown under a place, whatever its level. @param {{x: number, y: number}} point */
  enter(point) {
    const { area } = this.map.canvas.at(point);
    if (area && !this.map.drawing?.active) this.map.screen.selection.chooseArea(this.#next(area) ?? area);
  }

  /** @param {string} area @param {{x: number, y: number}} point */
  #select(area, point) {
    this.#selected = area;
    this.map.outline(area);
    this.#show(area, point);
  }

  /** The area one level below the chosen one, or beside it, that holds another. @param {string} id */
  #next(id) {
    const { geography, selection } = this.map.screen;
    for (const ancestor of geography.path(selection.area).reverse()) {
      const next = geography.below(id, ancestor);
      if (next) return next;
    }
    return null;
  }

  /** @param {{x: number, y: number}} point */
  hover(point) {
    const { map } = this;
    if (map.drawing?.active) return this.leave();
    const { mark, crowd, spot, area } = map.canvas.at(point);
    const next = area && this.#next(area);
    map.canvas.cursor(mark || crowd || next ? "pointer" : "");
    const said = this.#said(mark, spot);
    if (said) return this.#say(said, point);
    if (!next) return this.leave();
    this.#show(next, point);
  }

  leave() {
    this.card.hidden = true;
  }

  /** @param {string|undefined} mark @param {any} spot */
  #said(mark, spot) {
    const { words } = this.map.screen;
    const row = mark && this.map.marks.get(mark);
    if (row?.title || row?.category_zh) return row.title || words.field(row, "category");
    return spot ? [words.field(spot, "name"), words.field(spot, "kind")].filter(Boolean).join(" · ") : "";
  }

  /** @param {string} area @param {{x: number, y: number}} point */
  #show(area, point) {
    const { geography, words } = this.map.screen;
    this.#say([words.field(geography.areas[area], "name"), this.map.told(area)].filter(Boolean).join(" · "), point);
  }

  /** @param {string} text @param {{x: number, y: number}} point */
  #say(text, point) {
    this.card.hidden = false;
    write(this.card, text);
    const room = this.map.panel.clientWidth - this.card.offsetWidth - EDGE;
    this.card.style.transform = `translate(${Math.round(Math.max(0, Math.min(point.x, room)))}px, ${Math.round(point.y)}px)`;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { map } = this;
    const typing = /** @type {HTMLElement} */ (event.target).matches("input, textarea");
    if (event.key === "Escape" && map.drawing?.active) map.drawing.stop();
    else if (event.key === "Backspace" && !typing) up(map.screen);
    else if (event.key === "Escape" && !document.querySelector('[data-panel="keys"]') && !typing) up(map.screen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** A swipe to the right from the left edge leads up. @param {import("./area_map.mjs").AreaMap} map */
function swipes({ panel, screen }) {
  /** @type {Touch|null} */
  let begun = null;
  panel.addEventListener("touchstart", (event) => {
    const [touch] = event.touches;
    begun = event.touches.length === 1 && touch.clientX - panel.getBoundingClientRect().left < EDGE ? touch : null;
  }, { passive: true });
  panel.addEventListener("touchend", (event) => {
    const [touch] = event.changedTouches;
    if (begun && touch.clientX - begun.clientX > SWIPE && Math.abs(touch.clientY - begun.clientY) < SWIPE) up(screen);
    begun = null;
  }, { passive: true });
}
