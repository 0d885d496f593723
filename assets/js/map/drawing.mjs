/** A shape drawn by hand, and the list of the cases inside it; by keys, the chosen area is the shape. */

import { find, make, mark, write } from "../core/dom.mjs";
import { icon } from "./icons.mjs";
import { containsPoint } from "./shapes.mjs";

const NEAR = 12;
const LISTED = 100;
const ORDER = { overdue: 0, due_soon: 1, open: 2 };

export class Drawing {
  active = false;
  /** @type {[number, number][]} */
  #corners = [];
  /** @type {any|null} what was drawn */
  #shape = null;

  /** @param {import("./area_map.mjs").AreaMap} map @param {HTMLElement} pen @param {HTMLElement} list */
  constructor(map, pen, list) {
    this.map = map;
    this.pen = pen;
    this.list = list;
    pen.append(icon("pen"));
    pen.addEventListener("click", () => (this.active ? this.stop() : this.start()));
    map.canvas.on("click", (/** @type {any} */ event) => this.#click(event));
    map.canvas.on("dblclick", () => this.active && this.#close());
    map.canvas.on("mousemove", (/** @type {any} */ event) => this.#follow(event.lngLat));
    map.panel.addEventListener("marks", () => this.#shape && this.#show());
    map.panel.addEventListener("keydown", (event) => this.#key(event));
    find(list, ".drawn-clear").addEventListener("click", () => this.clear());
    find(list, ".drawn-area").addEventListener("click", () => this.#take());
  }

  start() {
    this.clear();
    this.active = true;
    this.pen.setAttribute("aria-pressed", "true");
    this.map.canvas.cursor("crosshair");
    this.#say("map.drawing");
    this.list.hidden = false;
    mark(this.list, "state", "drawing");
  }

  /** Leave the pen; what was drawn stays. */
  stop() {
    this.active = false;
    this.#corners = [];
    this.pen.setAttribute("aria-pressed", "false");
    this.map.canvas.cursor("");
    if (!this.#shape) this.clear();
  }

  clear() {
    this.#shape = null;
    this.#corners = [];
    this.map.canvas.drawn([]);
    this.list.hidden = true;
    if (this.active) this.stop();
  }

  /** @param {any} event */
  #click({ lngLat, point }) {
    if (!this.active) return;
    const first = this.#corners[0] && this.map.canvas.project(this.#corners[0]);
    if (this.#corners.length > 2 && Math.hypot(first.x - point.x, first.y - point.y) < NEAR) return this.#close();
    this.#corners.push([lngLat.lng, lngLat.lat]);
    this.#sketch(this.#corners);
  }

  /** @param {{lng: number, lat: number}} at */
  #follow(at) {
    if (!this.active) return;
    this.map.canvas.cursor("crosshair");
    if (this.#corners.length) this.#sketch([...this.#corners, [at.lng, at.lat]]);
  }

  /** @param {[number, number][]} corners */
  #sketch(corners) {
    const points = this.#corners.map((coordinates) => ({ type: "Point", coordinates }));
    this.map.canvas.drawn([...(corners.length > 1 ? [{ type: "LineString", coordinates: corners }] : []), ...points]);
  }

  #close() {
    const corners = this.#corners.filter((corner, at) => !at || corner.join() !== this.#corners[at - 1].join());
    if (corners.length < 3) return;
    this.#keep({ type: "Polygon", coordinates: [[...corners, corners[0]]] });
  }

  /** Enter ends the shape; on a button it presses the button. @param {KeyboardEvent} event */
  #key(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (event.key !== "Enter" || button || !this.active || this.#corners.length < 3) return;
    event.preventDefault();
    this.#close();
  }

  /** Take the chosen area as the shape. */
  async #take() {
    const { geography, selection } = this.map.screen;
    const [west, south, east, north] = geography.bounds;
    const all = { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] };
    this.#keep((await geography.shapeOf(selection.area)) ?? all);
  }

  /** @param {any} shape */
  #keep(shape) {
    this.#shape = shape;
    this.stop();
    this.map.canvas.drawn([shape]);
    this.#show();
    find(this.list, ".drawn-clear").focus();
  }

  #show() {
    const { marks } = this.map;
    const inside = [...marks.values()].filter((row) => row.lon !== null && containsPoint(this.#shape, row.lon, row.lat));
    inside.sort((a, b) => ORDER[a.urgency] - ORDER[b.urgency] || (a.due_at ?? "").localeCompare(b.due_at ?? "") || (a.case_id < b.case_id ? -1 : 1));
    mark(this.list, "state", null);
    this.list.hidden = false;
    const { words } = this.map.screen;
    for (const urgency of Object.keys(ORDER)) {
      write(find(this.list, `[data-drawn="${urgency}"]`), words.count(inside.filter((row) => row.urgency === urgency).length));
    }
    this.#say("map.drawn", { count: words.count(inside.length) });
    const more = inside.length > LISTED ? [make("li", { class: "drawn-more" }, words.say("map.drawn-more", { count: words.count(inside.length - LISTED) }))] : [];
    find(this.list, "ol").replaceChildren(...inside.slice(0, LISTED).map((row) => this.#row(row)), ...more);
  }

  /** @param {any} row */
  #row(row) {
    const { clock, selection, words } = this.map.screen;
    const title = row.title || words.field(row, "category");
    const due = row.due_at ? words.when(row.due_at, clock.now()) : words.say("clock.none");
    const glyph = make("span", { class: `mark mark-${row.urgency.replace("_", "-")}`, "aria-hidden": "true" });
    const button = make("button", { type: "button", class: "drawn-row" }, glyph, make("span", { class: "drawn-title" }, title), make("span", { class: "drawn-due" }, due));
    button.addEventListener("click", () => selection.chooseCase(row.case_id));
    return make("li", {}, button);
  }

  /** @param {string} key @param {Record<string, string>} [values] */
  #say(key, values = {}) {
    const { words } = this.map.screen;
    const text = key === "map.drawing" ? words.say("map.drawing") : words.say("map.drawn", values);
    write(find(this.list, ".drawn-said"), text);
    write(document.querySelector("[data-announcer]"), text);
  }
}
