/** The map panel: areas shaded, marks on top, the chosen area outlined; with the inset, the tools and the list that go with it. */

import { find, make } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { choosing } from "./choosing.mjs";
import { furnish } from "./furniture.mjs";
import { flashSpan, reach } from "./reach.mjs";
import { fitting, ranges } from "./levels.mjs";
import { Labels } from "./labels.mjs";
import { encode, shading } from "./shades.mjs";
import { around } from "./shapes.mjs";

/** From so many cases on, marks would cover one another: then they are gathered. */
const CROWD = 600;
/** A name takes so many times the size of its letters. */
const NAME = 4.6;
/** Alarms that follow one another within this time light up as one. */
const QUIET = 500;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export async function areaMap(panel, screen) {
  const map = new AreaMap(panel, screen);
  try {
    // a wall has maps of several scenes: one that is never shown costs nothing
    if (map.wall) await shown(panel);
    await map.open();
  } catch (error) {
    if (navigator.onLine) fail(panel, screen, "state.map-failed", error);
    else await comeLater(panel, screen);
  }
  return map;
}

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen @param {string} why @param {unknown} [error] @returns {HTMLElement} what says so */
function fail(panel, screen, why, error) {
  if (error) window.citybrain.errors.push(String(error));
  const notice = make("p", { class: "notice", role: "status" }, screen.words.say(why));
  panel.append(notice);
  return notice;
}

/** A map that was never opened cannot be without a network: it comes with it. @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
async function comeLater(panel, screen) {
  const notice = fail(panel, screen, "state.map-offline");
  await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
  notice.remove();
  await areaMap(panel, screen);
}

/** Wait until an element takes room. @param {HTMLElement} element @returns {Promise<void>} */
function shown(element) {
  return new Promise((resolve) => {
    const watcher = new ResizeObserver(() => {
      if (!element.clientWidth || !element.clientHeight) return;
      watcher.disconnect();
      resolve();
    });
    watcher.observe(element);
  });
}

export class AreaMap {
  /** @type {Map<string, any>} the rows of all marks */
  marks = new Map();
  /** Whether they have come. */
  marked = false;
  /** @type {Map<string, any>} the rows that shade the areas */
  rows = new Map();
  /** @type {any[]} the map and its inset */
  canvases = [];
  /** @type {any} */
  drawing = null;
  /** @type {import("./layers.mjs").Layers|null} */
  layers = null;
  /** @type {number[]|null} the box it was told to look at, rather than at the chosen area */
  extent = null;
  #alarmed = -Infinity;

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.mode = panel.dataset.map ?? "area";
    this.wall = screen.page.name === "wall";
    this.own = shading(panel.dataset.shade);
    this.frames = (panel.dataset.frame ?? "").split(" ").filter(Boolean);
  }

  async open() {
    const { panel, screen } = this;
    const { geography, words, clock } = screen;
    await Promise.all([geography.load(), this.own ? null : screen.shade.keep(words.time("day", clock.now()))]);
    this.canvas = await this.draw(find(panel, ".map-canvas"), { interactive: this.mode === "choose" });
    this.labels = new Labels(this.canvas, words);
    this.#watch();
    this.#follow();
    await furnish(this);
    if (this.mode === "choose") choosing(this);
    await this.#enter(0);
    this.#place();
    if (this.mode !== "place") reach(this);
    screen.maps.add(this);
    await this.canvas.idle();
    panel.dataset.ready = "true";
  }

  /** Draw one more map of the same areas and marks. @param {HTMLElement} container @param {{interactive: boolean, level?: string}} options */
  async draw(container, { interactive, level }) {
    const { screen, wall } = this;
    const { geography } = screen;
    const canvas = await openAny(container, geography, {
      title: screen.words.say("map.label"),
      interactive,
      unit: wall ? this.unit : 0.5,
      mark: wall ? 24 : 34,
      type: wall ? this.type : 13,
      way: (/** @type {string} */ shown) => this.way(shown),
      level: level ?? this.own?.level ?? (wall ? geography.finest : null),
    });
    this.canvases.push(canvas);
    canvas.placeAll([...this.marks.values()]);
    for (const [id, row] of this.rows) this.#tint(id, row);
    return canvas;
  }

  get unit() {
    return parseFloat(getComputedStyle(this.panel).getPropertyValue("--u")) || 1;
  }

  /** The size of the letters of an area's name, in pixels. */
  get type() {
    return (parseFloat(getComputedStyle(this.panel).getPropertyValue("--type-label")) || 15) * this.unit;
  }

  /** How a level is shaded. @param {string} level @returns {import("./shades.mjs").Shading} */
  way(level) {
    return this.own ?? this.screen.shade.way(level);
  }

  /** What is said of an area. @param {string} area */
  told(area) {
    const { words, areaRow } = this.screen;
    if (this.own) return this.rows.has(area) && this.own.card ? this.own.card(this.rows.get(area), words) : "";
    const { open = 0, overdue = 0, reported_today: reported = 0 } = areaRow(area) ?? {};
    return words.say("map.card", { open, overdue, reported });
  }

  #follow() {
    const { own, panel, screen } = this;
    const view = own?.view ?? "areas";
    follow(panel, screen, view, (channel, change) => this.#shade(channel, change));
    const marks = own ? own.marks : { view: "case_points", mark: null };
    if (marks === null || marks === undefined) return;
    follow(panel, screen, marks.view, (_, change) => this.#mark(change, marks.mark));
  }

  #watch() {
    const { selection, shade } = this.screen;
    selection.addEventListener("area", () => this.#enter(this.flight()));
    for (const what of ["area", "whole"]) selection.addEventListener(what, () => (this.extent = null));
    selection.addEventListener("whole", () => this.look(this.flight()));
    selection.addEventListener("place", () => this.#place());
    shade.addEventListener("change", () => this.canvases.forEach((canvas) => canvas.recolour()));
    window.addEventListener("citybrain:theme", () => this.canvases.forEach((canvas) => canvas.repaint()));
    this.canvas.on("moveend", () => this.#name());
    this.canvas.on("zoomend", () => this.#level());
    new ResizeObserver(() => this.look(0)).observe(find(this.panel, ".map-canvas"));
  }

  /** @param {any} change @param {((row: any) => any)|null} made how a row becomes a mark */
  #mark(change, made) {
    const marked = (/** @type {any[]} */ rows) => (made ? rows.flatMap((row) => this.#made(row, made)) : rows);
    const key = (/** @type {any} */ row) => row.case_id;
    if (change.full) {
      this.marked = true;
      this.marks = new Map(marked(change.set).map((row) => [key(row), row]));
      for (const canvas of this.canvases) canvas.placeAll([...this.marks.values()]);
    } else {
      const rows = marked(change.set);
      this.#alarm(rows);
      for (const id of change.drop) this.marks.delete(id);
      for (const row of rows) this.marks.set(key(row), row);
      for (const canvas of this.canvases) canvas.place(rows, change.drop);
    }
    const crowded = this.mode !== "place" && this.marks.size >= CROWD;
    for (const canvas of this.canvases) canvas.crowd(crowded);
    if (change.full) this.#name();
    this.panel.dispatchEvent(new CustomEvent("marks"));
  }

  /** A case that has just run over its limit lights up once. @param {any[]} rows */
  #alarm(rows) {
    const fresh = rows.find((row) => row.urgency === "overdue" && this.marks.get(row.case_id)?.urgency !== "overdue" && row.lon !== null);
    if (!fresh || performance.now() - this.#alarmed < QUIET) return;
    this.#alarmed = performance.now();
    for (const canvas of this.canvases) canvas.flash([fresh.lon, fresh.lat], flashSpan());
  }

  /** @param {any} row @param {(row: any) => any} made */
  #made(row, made) {
    const mark = made(row);
    if (!mark) return [];
    const area = this.screen.geography.areas[mark.id];
    return [{ ...mark, case_id: mark.id, lon: mark.lon ?? area?.lon ?? null, lat: mark.lat ?? area?.lat ?? null, area: area ? mark.id : null }];
  }

  /** A mark was chosen: its case opens, or its area is entered. @param {string} id */
  chooseMark(id) {
    const { selection } = this.screen;
    if (this.marks.get(id)?.area) selection.chooseArea(id);
    else selection.chooseCase(id);
  }

  /** @param {import("../core/channel.mjs").Channel} channel @param {import("../core/channel.mjs").Change} change */
  #shade(channel, change) {
    const { geography, shade, words, clock } = this.screen;
    this.rows = channel.rows;
    if (!this.own) shade.keep(words.time("day", clock.now()));
    const area = this.own?.area ?? ((/** @type {any} */ row) => row.area_id);
    if (change.full) for (const id of Object.keys(geography.areas)) this.#tint(id, this.rows.get(id));
    for (const row of change.set) this.#tint(area(row), row);
    for (const id of change.drop) this.#tint(id, null);
    this.panel.dispatchEvent(new CustomEvent("shaded"));
  }

  /** @param {string} id @param {any} row */
  #tint(id, row) {
    const level = this.screen.geography.areas[id]?.level;
    if (!level || level === "city") return;
    const value = encode(this.way(level), row);
    for (const canvas of this.canvases) canvas.paint(level, id, { value });
  }

  /** Look at the chosen area. @param {number} duration */
  async #enter(duration) {
    const { geography, selection } = this.screen;
    const { area, rootArea } = selection;
    const whole = area === rootArea;
    this.outline(whole ? null : area);
    for (const [id, { level }] of Object.entries(geography.areas)) {
      const outside = !whole && !geography.within(id, area) && !geography.within(area, id);
      if (level !== "city") for (const canvas of this.canvases) canvas.paint(level, id, { outside });
    }
    await this.look(duration);
    this.#level();
  }

  /** Outline an area, or none. @param {string|null} area */
  async outline(area) {
    const shape = area ? await this.screen.geography.shapeOf(area) : null;
    for (const canvas of this.canvases) canvas.outline(shape);
  }

  /** Say which level is shaded now, and name its areas. */
  #level() {
    const { level } = this.canvas;
    if (this.mode !== "place" && !this.own && this.screen.shade.level !== level) this.screen.shade.show(level);
    this.#name();
  }

  /** Name the areas that are large enough for it, inside the chosen one; on a wall beside its cases, not over them. */
  async #name() {
    const { geography, selection } = this.screen;
    if (this.mode === "place" || !geography.levels.length) return;
    const wide = ranges(geography.levels, geography.sizes, NAME * this.type, this.canvas.latitude);
    const level = fitting(wide, this.canvas.zoom);
    await geography.shapes(level);
    const inside = geography.at(level).filter((id) => geography.within(id, selection.area) && this.#seen(id));
    const avoid = this.wall ? [...this.marks.values()].filter((row) => row.lon !== null).map((row) => [row.lon, row.lat]) : [];
    this.labels?.show(inside, /** @type {[number, number][]} */ (avoid));
  }

  /** @param {string} id */
  #seen(id) {
    const middle = this.screen.geography.middle(id);
    return middle ? this.canvas.sees(middle) : false;
  }

  /** Look at all of the chosen area, or at what the map is to frame. @param {number} duration */
  async look(duration) {
    if (this.mode === "place") return this.#place();
    const { geography, selection } = this.screen;
    const whole = selection.area === selection.rootArea;
    const boxes = await Promise.all((whole && this.frames.length ? this.frames : [selection.area]).map((id) => geography.boundsOf(id)));
    if (this.extent) return this.canvas?.look(/** @type {any} */ (this.extent), { padding: 0, duration });
    this.canvas?.look(around(boxes), { padding: this.wall ? 8 : this.#margin(), maxZoom: 15, duration });
  }

  /** Look at a box, or, where there is none, at all of the chosen area. @param {number[]|null} box @param {number} [duration] */
  showExtent(box, duration = this.flight()) {
    this.extent = box;
    if (!box) return this.look(duration);
    return this.canvas.look(box, { padding: 0, duration });
  }

  /** Hide these layers, and no others. @param {string[]} names */
  hide(names) {
    if (this.layers) this.layers.hide(names);
    else for (const canvas of this.canvases) canvas.toggle("cases", !names.includes("cases"));
  }

  /** Room for the head above and the legend below. */
  #margin() {
    const { clientWidth: width, clientHeight: height } = this.panel;
    const side = Math.min(28, width / 12);
    return height > 300 && this.mode === "choose" ? { top: 60, bottom: 56, left: side, right: side } : side;
  }

  /** Ring the chosen case, and bring it into the picture. */
  #place() {
    const { place } = this.screen.selection;
    for (const canvas of this.canvases) canvas.ring(place);
    if (!place || !this.canvas) return;
    if (this.mode === "place") this.#around(place);
    else if (!this.canvas.sees(place)) this.canvas.fly(place, { duration: this.flight() });
  }

  /** Look at a place within the area around its own. @param {[number, number]} place */
  async #around(place) {
    const { geography, selection } = this.screen;
    const parent = geography.path(selection.placeArea ?? "").at(-2);
    const [west, south, east, north] = parent ? await geography.boundsOf(parent) : [...place, ...place];
    const half = [Math.max(place[0] - west, east - place[0]), Math.max(place[1] - south, north - place[1])];
    const bounds = [place[0] - half[0], place[1] - half[1], place[0] + half[0], place[1] + half[1]];
    this.canvas?.look(/** @type {any} */ (bounds), { maxZoom: 14, duration: 0 });
  }

  /** How long a flight takes: none where motion is not wanted. */
  flight() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return still ? 0 : Number(getComputedStyle(document.documentElement).getPropertyValue(this.wall ? "--fly-wall" : "--fly-desk"));
  }
}

/** A map by WebGL; a plain one where there is none, or where the address asks for it. @param {HTMLElement} container @param {import("./geography.mjs").Geography} geography @param {any} options */
async function openAny(container, geography, options) {
  const plain = async () => (await import("./plain.mjs")).openCanvas(container, geography, options);
  if (new URLSearchParams(location.search).get("map") === "svg" || !webgl()) return plain();
  const { openCanvas } = await import("./canvas.mjs");
  try {
    return await openCanvas(container, geography, options);
  } catch (error) {
    // a graphics card may refuse what the browser promised
    console.warn(error);
    container.replaceChildren();
    return plain();
  }
}

function webgl() {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(gl);
}
