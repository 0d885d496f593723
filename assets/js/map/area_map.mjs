/** The map panel: areas shaded by their open cases, the cases on top, the selected area outlined. */

import { find, make } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { openCanvas } from "./canvas.mjs";
import { Labels } from "./labels.mjs";
import { choosing } from "./choosing.mjs";

const MOST_ON_WALL = 12;
/** From so many cases on, marks would cover the map: areas then show counts, and marks wait for a closer look. */
const CROWD = 600;
const CLOSER = 1.2;
const RECOUNT = { wall: 10_000, other: 2000 };

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export async function areaMap(panel, screen) {
  try {
    const map = new AreaMap(panel, screen);
    await map.open();
  } catch (error) {
    window.citybrain.errors.push(String(error));
    panel.append(make("p", { class: "notice", role: "status" }, screen.words.say("state.map-failed")));
  }
}

class AreaMap {
  /** @type {any[]} */
  cases = [];
  crowded = false;
  #counted = 0;

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.wall = screen.page.name === "wall";
    this.mode = panel.dataset.map;
  }

  async open() {
    const { panel, screen } = this;
    const { geography } = screen;
    await geography.load();
    const unit = this.#unit();
    this.canvas = await openCanvas(find(panel, ".map-canvas"), geography, {
      title: screen.words.say("map.label"),
      interactive: this.mode === "choose",
      unit: this.wall ? unit : 0.5,
      mark: this.wall ? 24 : 34,
      levels: geography.levels,
      breaks: screen.shade.breaks,
    });
    this.labels = new Labels(this.canvas, screen.words);
    this.#watch();
    this.#follow();
    if (this.mode === "choose") choosing(this.canvas, panel, screen);
    await this.#enter(0);
    this.#place();
    if (this.mode !== "place") window.citybrain.map = this.canvas.map;
    this.canvas.map.once("idle", () => (panel.dataset.ready = "true"));
  }

  #unit() {
    return parseFloat(getComputedStyle(this.panel).getPropertyValue("--u")) || 1;
  }

  #follow() {
    follow(this.panel, this.screen, "areas", (channel, change) => this.#shade(channel, change));
    follow(this.panel, this.screen, "case_points", (_, change) => {
      if (!change.full) return this.canvas?.place(change.set, change.drop);
      this.canvas?.placeAll(change.set);
      this.cases = change.set;
      this.crowded = this.mode !== "place" && change.set.length >= CROWD;
      this.#look(0);
      this.#name();
    });
  }

  #watch() {
    const { selection } = this.screen;
    selection.addEventListener("area", () => this.#enter(this.#flight()));
    selection.addEventListener("whole", () => this.#look(this.#flight()));
    selection.addEventListener("place", () => this.#place());
    this.screen.shade.addEventListener("change", () => this.#rescale());
    window.addEventListener("citybrain:theme", () => this.canvas?.repaint());
    new ResizeObserver(() => this.#look(0)).observe(find(this.panel, ".map-canvas"));
  }

  /** Ring the chosen case, and bring it into the picture. */
  #place() {
    const { place } = this.screen.selection;
    this.canvas?.ring(place);
    if (!place || !this.canvas) return;
    if (this.mode === "place") this.#around(place);
    else if (!this.canvas.map.getBounds().contains(place)) this.canvas.map.panTo(place, { duration: this.#flight() });
  }

  /** Look at a place within the area around its own. @param {[number, number]} place */
  async #around(place) {
    const { geography, selection } = this.screen;
    const around = geography.path(selection.placeArea ?? "").at(-2);
    const [west, south, east, north] = around ? await geography.boundsOf(around) : [...place, ...place];
    const half = [Math.max(place[0] - west, east - place[0]), Math.max(place[1] - south, north - place[1])];
    const bounds = [place[0] - half[0], place[1] - half[1], place[0] + half[0], place[1] + half[1]];
    this.canvas?.look(/** @type {any} */ (bounds), { maxZoom: 14, duration: 0 });
  }

  #rescale() {
    if (!this.canvas) return;
    this.canvas.options.breaks = this.screen.shade.breaks;
    this.canvas.rescale(this.screen.shade.breaks);
  }

  /** @param {import("../core/channel.mjs").Channel} channel @param {import("../core/channel.mjs").Change} change */
  #shade(channel, change) {
    const { geography, shade, words, clock } = this.screen;
    const level = geography.finest;
    const rows = change.set.filter((row) => row.level === level);
    shade.learn(rows, words.time("day", clock.now()));
    const ids = change.full ? Object.keys(geography.areas).filter((id) => geography.areas[id].level === level) : [];
    for (const id of ids) this.canvas?.shade(id, shade.value(channel.rows.get(id)));
    for (const row of rows) this.canvas?.shade(row.area_id, shade.value(row));
    for (const id of change.drop) if (geography.areas[id]?.level === level) this.canvas?.shade(id, 0);
    const pause = this.wall ? RECOUNT.wall : RECOUNT.other;
    if (this.crowded && performance.now() - this.#counted > pause) this.#name();
  }

  /** Look at the selected area. @param {number} duration */
  async #enter(duration) {
    const { geography, selection } = this.screen;
    const { area, rootArea } = selection;
    const whole = area === rootArea;
    this.canvas?.outline(whole ? null : area);
    for (const [id, { level }] of Object.entries(geography.areas)) {
      if (level === geography.finest) this.canvas?.quieten(id, !whole && !geography.within(id, area));
    }
    await this.#look(duration);
    this.#name();
  }

  /** Name the areas inside the selected one; on a wall beside its cases, not over them. */
  #name() {
    const { geography, selection, areaRow } = this.screen;
    const inside = geography.children(selection.area);
    this.#counted = performance.now();
    const names = !(this.wall && inside.length > MOST_ON_WALL);
    if (this.crowded) return this.labels?.show(inside, { counts: (id) => areaRow(id)?.overdue ?? 0, names });
    const none = this.mode === "place" || !names;
    const avoid = this.wall ? this.cases.filter((row) => row.lon !== null).map((row) => [row.lon, row.lat]) : [];
    return this.labels?.show(none ? [] : inside, { avoid: /** @type {[number, number][]} */ (avoid) });
  }

  /** @param {number} duration */
  async #look(duration) {
    if (this.mode === "place") return this.#place();
    const { geography, selection } = this.screen;
    const bounds = await geography.boundsOf(selection.area);
    const options = { padding: this.wall ? 8 : 40, maxZoom: 15 };
    this.canvas?.look(bounds, { ...options, duration });
    this.canvas?.showCasesFrom(this.crowded && geography.children(selection.area).length ? bounds : null, options, CLOSER);
  }

  #flight() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return still ? 0 : Number(getComputedStyle(document.documentElement).getPropertyValue(this.wall ? "--fly-wall" : "--fly-desk"));
  }
}
