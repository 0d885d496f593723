/** The hand that draws over the map, rubs out or points: by a pointer, or by the arrow keys and Space. */

import { make, mark } from "../core/dom.mjs";
import { ask } from "./notice.mjs";

const [STEP, CLOSE, THIN] = [16, 18, 3];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @typedef {"ink"|"arrow"|"circle"|"erase"|"pointer"} Kind */
/** @typedef {{x: number, y: number}} Spot */

export class Pen {
  /** @type {Kind|null} */
  kind = null;
  /** @type {Spot[]} */
  #spots = [];
  /** @type {Spot} where the arrow keys stand */
  #at = { x: 0, y: 0 };
  #down = false;

  /** @param {import("../core/follow.mjs").Screen} screen @param {() => void} changed */
  constructor(screen, changed) {
    this.screen = screen;
    this.changed = changed;
    this.sheet = make("div", { class: "room-sheet", tabindex: 0, role: "application", hidden: true }, make("i", { class: "room-cross", hidden: true }));
    const hear = (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => this.sheet.addEventListener(name, act);
    hear("pointerdown", (event) => this.#begin(event));
    hear("pointermove", (event) => this.#move(event));
    hear("pointerup", () => this.#end());
    hear("pointercancel", () => this.#drop());
    hear("keydown", (event) => this.#key(event));
    screen.room.addEventListener("scene", () => this.kind === "pointer" && !screen.room.presents && this.stop());
  }

  /** @param {Kind} kind */
  take(kind) {
    const { maps, words } = this.screen;
    const map = maps.main;
    if (!map) return;
    this.#drop();
    this.kind = kind;
    this.map = map;
    map.panel.append(this.sheet);
    this.sheet.hidden = false;
    mark(this.sheet, "kind", kind);
    this.sheet.setAttribute("aria-label", words.say(`room.hand.${kind}`));
    this.#at = { x: this.sheet.clientWidth / 2, y: this.sheet.clientHeight / 2 };
    this.#cross(false);
    this.sheet.focus({ preventScroll: true });
    this.changed();
  }

  stop() {
    this.#drop();
    this.kind = null;
    this.sheet.hidden = true;
    this.changed();
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (event.button) return;
    this.sheet.setPointerCapture(event.pointerId);
    this.#cross(false);
    this.#press({ x: event.offsetX, y: event.offsetY });
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#down) this.#drag({ x: event.offsetX, y: event.offsetY });
  }

  /** @param {Spot} spot */
  #press(spot) {
    this.#down = true;
    if (this.kind === "erase") return this.#rub(spot);
    if (this.kind === "pointer") return this.#point(spot);
    this.#spots = [spot];
    return undefined;
  }

  /** @param {Spot} spot */
  #drag(spot) {
    if (this.kind === "pointer") return this.#point(spot);
    if (this.kind === "erase") return this.#rub(spot);
    const last = this.#spots[this.#spots.length - 1];
    if (this.kind === "ink" && Math.hypot(last.x - spot.x, last.y - spot.y) < THIN) return undefined;
    this.#spots = this.kind === "ink" ? [...this.#spots, spot] : [this.#spots[0], spot];
    return this.screen.sketch?.preview(this.#mark("draft"));
  }

  async #end() {
    const drawn = this.#down && this.#spots.length > 1;
    this.#down = false;
    if (!drawn) return this.#drop();
    const made = this.#mark(`${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`);
    this.#spots = [];
    await ask(this.screen, "mark", { mark: made });
    return this.screen.sketch?.preview(null);
  }

  #drop() {
    this.#down = false;
    this.#spots = [];
    this.screen.sketch?.preview(null);
  }

  /** @param {string} id @returns {import("../link/room.mjs").Mark} */
  #mark(id) {
    const { selection } = this.screen;
    const kind = /** @type {"ink"|"arrow"|"circle"} */ (this.kind);
    const points = this.#spots.map((spot) => this.#place(spot));
    return { id, kind, points, ...(selection.case ? { case: selection.case } : {}) };
  }

  /** Where a spot of the picture is in the world: the map is never turned. @param {Spot} spot @returns {[number, number]} */
  #place({ x, y }) {
    const [west, south, east, north] = /** @type {number[]} */ (this.map?.canvas.box);
    const { clientWidth: width, clientHeight: height } = this.sheet;
    const mercator = (/** @type {number} */ lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
    const [low, high] = [mercator(south), mercator(north)];
    const lat = (Math.atan(Math.exp(high - ((high - low) * y) / height)) * 360) / Math.PI - 90;
    return [round(west + ((east - west) * x) / width), round(lat)];
  }

  /** @param {Spot} spot */
  #point(spot) {
    const [lon, lat] = this.#place(spot);
    this.screen.room.point(lon, lat);
  }

  /** Rub out what lies under a spot. @param {Spot} spot */
  #rub(spot) {
    const { room } = this.screen;
    const far = (/** @type {[number, number]} */ point) => {
      const { x, y } = this.map?.canvas.project(point);
      return Math.hypot(x - spot.x, y - spot.y);
    };
    const hit = room.marks.find((one) => near(one.points.map((point) => this.map?.canvas.project(point)), one.kind, spot) || one.points.some((point) => far(point) < CLOSE));
    if (hit) {
      this.#down = false;
      ask(this.screen, "erase", { id: hit.id });
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.#down) return this.#drop();
      return this.stop();
    }
    const way = ARROWS[/** @type {"ArrowUp"} */ (event.key)];
    if (way) {
      const far = event.shiftKey ? STEP * 4 : STEP;
      this.#at = { x: this.#at.x + way[0] * far, y: this.#at.y + way[1] * far };
      if (this.#down || this.kind === "pointer") this.#drag(this.#at);
    } else if (event.key === " " || event.key === "Enter") {
      if (this.#down) this.#end();
      else this.#press(this.#at);
    } else return undefined;
    event.preventDefault();
    event.stopPropagation();
    return this.#cross(true);
  }

  /** @param {boolean} shown */
  #cross(shown) {
    const cross = /** @type {HTMLElement} */ (this.sheet.firstElementChild);
    cross.hidden = !shown;
    cross.style.translate = `${this.#at.x}px ${this.#at.y}px`;
  }
}

/** Whether a spot lies on a line of a mark. @param {Spot[]} spots @param {string} kind @param {Spot} at */
function near(spots, kind, at) {
  if (kind === "circle" && spots.length > 1) {
    const [middle, rim] = spots;
    const off = Math.hypot(at.x - middle.x, at.y - middle.y) - Math.hypot(rim.x - middle.x, rim.y - middle.y);
    return Math.abs(off) < CLOSE;
  }
  return spots.slice(1).some((end, nth) => aside(spots[nth], end, at) < CLOSE);
}

/** How far a spot lies from a stretch. @param {Spot} from @param {Spot} to @param {Spot} at */
function aside(from, to, at) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = Math.max(0, Math.min(1, ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(from.x + along * dx - at.x, from.y + along * dy - at.y);
}

/** @param {number} degrees */
function round(degrees) {
  return Number(degrees.toFixed(6));
}
