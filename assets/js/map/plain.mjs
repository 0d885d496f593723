/** The same map without WebGL: areas, marks and the chosen one as a picture of lines, and a list of the areas inside; the methods of `canvas.mjs`. */

import { svgPart } from "../chart/svg.mjs";
import { make } from "../core/dom.mjs";
import { fitting, ranges, zoomFor } from "./levels.mjs";

const SHAPES = { overdue: "M0-8L8 0L0 8L-8 0Z", due_soon: "M0-8L8 7H-8Z", open: "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0", square: "M-6-6H6V6H-6Z", notched: "M-7-5H2V-2L7-5V5L2 2V5H-7Z" };
const RANK = { open: 0, square: 1, notched: 1, due_soon: 2, overdue: 3 };
const SEEN = 14;
const FLASH = 360;

/** @typedef {import("./canvas.mjs").Options} Options */

/** @param {HTMLElement} container @param {import("./geography.mjs").Geography} geography @param {Options} options */
export async function openCanvas(container, geography, options) {
  await Promise.all(geography.levels.map((level) => geography.shapes(level)));
  return new PlainMap(container, geography, options);
}

export class PlainMap {
  /** @type {Map<string, any>} */
  #states = new Map();
  /** @type {Map<string, any>} */
  #rows = new Map();
  /** @type {Map<string, any[]>} */
  #layers = new Map();
  /** @type {Set<string>} */
  #off = new Set();
  /** @type {{element: HTMLElement, point: [number, number]}[]} */
  #pins = [];
  #shown = "";
  crowded = false;
  plain = true;
  zoom = 8;

  /** @param {HTMLElement} container @param {import("./geography.mjs").Geography} geography @param {Options} options */
  constructor(container, geography, options) {
    this.container = container;
    this.geography = geography;
    this.options = options;
    this.grow = Math.round((options.mark * options.unit * 10) / 18) / 10;
    this.latitude = (geography.bounds[1] + geography.bounds[3]) / 2;
    const all = ranges(geography.levels, geography.sizes, SEEN, this.latitude);
    this.ranges = options.level ? [{ level: options.level, from: 0, to: 24 }] : all;
    this.events = new EventTarget();
    this.groups = Object.fromEntries(["areas", "lines", "chosen", "points", "marks", "hand"].map((name) => [name, svgPart("g", { class: `plain-${name}` })]));
    this.svg = svgPart("svg", { class: "plain-map", role: "img", "aria-label": options.title }, ...Object.values(this.groups));
    container.append(this.svg);
    this.look(geography.bounds, { padding: 8 });
    for (const name of ["click", "dblclick", "mousemove"]) this.svg.addEventListener(name, (event) => this.#tell(name, /** @type {MouseEvent} */ (event)));
    this.svg.addEventListener("mouseleave", () => this.events.dispatchEvent(new Event("mouseout")));
  }

  /** @param {string} name @param {MouseEvent} event */
  #tell(name, event) {
    const { left, top } = this.svg.getBoundingClientRect();
    const point = { x: event.clientX - left, y: event.clientY - top, target: event.target };
    const [lng, lat] = this.#place(point.x, point.y);
    this.events.dispatchEvent(Object.assign(new Event(name), { point, lngLat: { lng, lat }, originalEvent: event }));
  }

  /** @param {number} lon @param {number} lat @returns {[number, number]} */
  #spot(lon, lat) {
    const { scale, west, north, squeeze, left, top } = this.view;
    return [left + (lon - west) * squeeze * scale, top + (north - lat) * scale];
  }

  /** @param {number} x @param {number} y @returns {[number, number]} */
  #place(x, y) {
    const { scale, west, north, squeeze, left, top } = this.view;
    return [west + (x - left) / squeeze / scale, north - (y - top) / scale];
  }

  /** @param {[number, number, number, number]} bounds @param {{padding?: any, maxZoom?: number}} options */
  look([west, south, east, north], { padding = 8 }) {
    const room = typeof padding === "number" ? { top: padding, bottom: padding, left: padding, right: padding } : padding;
    const { width, height } = (this.size = this.container.getBoundingClientRect());
    const squeeze = Math.cos((this.latitude * Math.PI) / 180);
    const [wide, high] = [Math.max(1, width - room.left - room.right), Math.max(1, height - room.top - room.bottom)];
    const scale = Math.min(wide / ((east - west) * squeeze || 1e-6), high / (north - south || 1e-6), 60_000);
    const left = room.left + (wide - (east - west) * squeeze * scale) / 2;
    const top = room.top + (high - (north - south) * scale) / 2;
    this.view = { scale, west, north, squeeze, left, top };
    this.zoom = zoomFor(1, scale / 111.32, this.latitude);
    this.#draw();
    for (const name of ["moveend", "zoomend"]) this.events.dispatchEvent(new Event(name));
  }

  get level() {
    return fitting(this.ranges, this.zoom);
  }

  /** @param {any} geometry */
  #path(geometry) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [[geometry.coordinates]];
    const ring = (/** @type {number[][]} */ points) => `M${points.map(([lon, lat]) => this.#spot(lon, lat).map((n) => n.toFixed(1)).join(" ")).join("L")}`;
    return parts.flat().map(ring).join("") + (geometry.type === "LineString" ? "" : "Z");
  }

  async #draw() {
    const { geography, groups, level } = this;
    this.#shown = level;
    const shapes = await geography.shapes(level);
    if (this.#shown !== level) return;
    const areas = shapes.features.map((/** @type {any} */ feature) => {
      const id = feature.properties.area_id;
      return svgPart("path", { d: this.#path(feature.geometry), "data-area": id, style: this.#fill(id) });
    });
    groups.areas.replaceChildren(...areas);
    const coarser = geography.levels.slice(0, geography.levels.indexOf(level));
    const lines = await Promise.all(coarser.map((name) => geography.shapes(name)));
    groups.lines.replaceChildren(...coarser.map((name, at) => svgPart("path", { class: `plain-${name}`, d: lines[at].features.map((/** @type {any} */ f) => this.#path(f.geometry)).join("") })));
    this.#sketch();
    this.#marks();
    for (const { element, point } of this.#pins) this.#pin(element, point);
  }

  /** @param {string} id */
  #fill(id) {
    const { value = -1, outside = false, flash = false } = this.#states.get(id) ?? {};
    const way = this.options.way(this.level);
    const breaks = way.breaks ?? way.colours.slice(1).map((_, at) => at + 0.5);
    const colour = flash ? "--map-selected" : value < 0 ? way.none ?? "--map-land" : way.colours[breaks.filter((step) => value >= step).length];
    return `fill: var(${colour}); opacity: ${outside ? 0.35 : 1}`;
  }

  /** @param {string} _level @param {string} id @param {any} state */
  paint(_level, id, state) {
    this.#states.set(id, { ...this.#states.get(id), ...state });
    this.groups.areas.querySelector(`[data-area="${CSS.escape(id)}"]`)?.setAttribute("style", this.#fill(id));
  }

  recolour() {
    for (const area of this.groups.areas.children) area.setAttribute("style", this.#fill(/** @type {any} */ (area).dataset.area));
  }

  /** @param {any|null} geometry */
  outline(geometry) {
    this.chosen = geometry;
    this.#sketch();
  }

  /** @param {number[]|null} box */
  frame(box) {
    const [w, s, e, n] = box ?? [];
    this.framed = box && { type: "LineString", coordinates: [[w, s], [e, s], [e, n], [w, n], [w, s]] };
    this.#sketch();
  }

  /** @param {any[]} geometries */
  drawn(geometries) {
    this.hand = geometries.filter(({ type }) => type !== "Point");
    this.#sketch();
  }

  /** @param {[number, number]|null} point */
  ring(point) {
    this.ringed = point;
    this.#sketch();
  }

  /** @param {[number, number]} point @param {number} [span] */
  flash(point, span = FLASH) {
    const before = this.ringed;
    this.ring(point);
    setTimeout(() => this.ring(before ?? null), span);
  }

  #sketch() {
    const { groups } = this;
    groups.chosen.replaceChildren(...[this.chosen, this.framed].filter(Boolean).map((shape) => svgPart("path", { d: this.#path(shape) })));
    groups.hand.replaceChildren(...(this.hand ?? []).map((/** @type {any} */ shape) => svgPart("path", { d: this.#path(shape) })));
    if (!this.ringed) return;
    const [cx, cy] = this.#spot(...this.ringed);
    groups.chosen.append(svgPart("circle", { cx, cy, r: 14 }));
  }

  /** @param {any[]} rows */
  placeAll(rows) {
    this.#rows = new Map(rows.map((row) => [row.case_id, row]));
    this.#marks();
  }

  /** @param {any[]} set @param {string[]} drop */
  place(set, drop) {
    for (const row of set) this.#rows.set(row.case_id, row);
    for (const id of drop) this.#rows.delete(id);
    this.#marks();
  }

  /** Nothing is gathered here. */
  crowd() {}

  #marks() {
    const rows = this.#off.has("cases") ? [] : [...this.#rows.values()].filter((row) => row.lon !== null);
    rows.sort((a, b) => RANK[a.urgency] - RANK[b.urgency]);
    this.groups.marks.replaceChildren(...rows.map((row) => this.#mark(row.urgency, row.lon, row.lat, { "data-case": row.case_id })));
    const points = [...this.#layers].filter(([name]) => !this.#off.has(name)).flatMap(([name, features]) => features.map((feature, at) => {
      const [lon, lat] = feature.geometry.coordinates;
      return this.#mark(feature.shape, lon, lat, { "data-spot": `${name} ${at}` });
    }));
    this.groups.points.replaceChildren(...points);
  }

  /** @param {string} shape @param {number} lon @param {number} lat @param {Record<string, string>} attributes */
  #mark(shape, lon, lat, attributes) {
    const [x, y] = this.#spot(lon, lat).map((n) => Math.round(n));
    return svgPart("path", { class: `plain-${shape}`, d: SHAPES[/** @type {keyof typeof SHAPES} */ (shape)], transform: `translate(${x} ${y}) scale(${this.grow})`, ...attributes });
  }

  /** @param {string} name @param {string} shape @param {any[]} features */
  putPoints(name, shape, features) {
    this.#layers.set(name, features.map((feature) => ({ ...feature, shape })));
    this.#marks();
  }

  /** @param {string} name @param {boolean} shown */
  toggle(name, shown) {
    if (shown) this.#off.delete(name);
    else this.#off.add(name);
    this.#marks();
  }

  /** @param {any} point */
  at({ x, y, target }) {
    const under = target ?? document.elementFromPoint(x, y);
    const { area, case: mark, spot } = /** @type {any} */ (under)?.dataset ?? {};
    const [name, at] = (spot ?? "").split(" ");
    return { area, mark, spot: spot && this.#layers.get(name)?.[Number(at)]?.properties };
  }

  /** @param {[number, number]} point @param {{zoom?: number}} options */
  fly([lon, lat], { zoom }) {
    const half = zoom ? 0.01 : 0.05;
    this.look([lon - half, lat - half, lon + half, lat + half], {});
  }

  /** @param {[number, number]} point */
  sees([lon, lat]) {
    const [west, south, east, north] = this.box;
    return lon >= west && lon <= east && lat >= south && lat <= north;
  }

  /** By the size the picture was drawn for: to ask the page anew would lay all of it out in the middle of a change. */
  get box() {
    const { width, height } = this.size;
    const [[west, north], [east, south]] = [this.#place(0, 0), this.#place(width, height)];
    return [west, south, east, north];
  }

  /** @param {[number, number]} point */
  project(point) {
    const [x, y] = this.#spot(...point);
    return { x, y };
  }

  /** @param {{x: number, y: number}} spot */
  unproject({ x, y }) {
    return this.#place(x, y);
  }

  /** @param {string} name @param {(event: any) => void} hear */
  on(name, hear) {
    this.events.addEventListener(name, hear);
  }

  /** @param {string} shape */
  cursor(shape) {
    this.svg.style.cursor = shape;
  }

  async idle() {}

  /** @param {HTMLElement} element @param {[number, number]} point */
  pin(element, point) {
    const pin = { element: make("div", { class: "plain-pin" }, element), point };
    this.#pins.push(pin);
    this.container.append(pin.element);
    this.#pin(pin.element, point);
    const remove = () => {
      pin.element.remove();
      this.#pins = this.#pins.filter((other) => other !== pin);
    };
    return { getElement: () => pin.element, remove };
  }

  /** @param {HTMLElement} element @param {[number, number]} point */
  #pin(element, point) {
    const [x, y] = this.#spot(...point);
    element.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
  }

  repaint() {
    this.recolour();
  }

  destroy() {
    this.svg.remove();
  }
}

