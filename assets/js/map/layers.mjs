/** The layers of a map as chips with counts: a press shows or hides one. */

import { find, make, mark, write } from "../core/dom.mjs";
import { json } from "./geography.mjs";

/** The most cases a view gives points for: beyond it the chip shows how many there are. */
const CAP = 2000;
/** Points show by themselves only this far down, where they do not hide the areas. */
const DEEP = 3;

export class Layers {
  /** @type {Map<string, boolean>} what a person chose */
  #chosen = new Map();
  /** @type {Map<string, any[]>} the points of each layer */
  #points = new Map();

  /** @param {import("./area_map.mjs").AreaMap} map @param {HTMLElement} bar */
  constructor(map, bar) {
    this.map = map;
    const { geography, words } = map.screen;
    const cases = map.own ? [] : [this.#chip("cases", words.say("map.layer-cases"))];
    const fixed = map.own ? [] : geography.layers.map((layer) => this.#chip(layer.name, words.field(layer, "name"), layer.shape));
    bar.replaceChildren(...cases, ...fixed);
    this.bar = bar;
    map.panel.addEventListener("marks", () => this.#count());
    map.screen.selection.addEventListener("area", () => this.#settle());
    this.#settle();
  }

  /** @param {string} name @param {string} label @param {string} [shape] */
  #chip(name, label, shape) {
    const chip = make("button", { type: "button", class: "map-chip", "data-layer": name }, label, make("span", { class: "value" }));
    if (shape) chip.prepend(make("span", { class: `mark mark-${shape}`, "aria-hidden": "true" }));
    chip.addEventListener("click", () => {
      this.#chosen.set(name, !this.#shown(name));
      this.#settle();
    });
    return chip;
  }

  /** Show a layer. @param {string} name */
  show(name) {
    this.#chosen.set(name, true);
    return this.#settle();
  }

  /** Hide these and no others; what was shown by hand stays. @param {string[]} names */
  hide(names) {
    for (const [name, shown] of [...this.#chosen]) if (!shown) this.#chosen.delete(name);
    for (const name of names) this.#chosen.set(name, false);
    return this.#settle();
  }

  /** What is hidden by choice. */
  get hidden() {
    return [...this.#chosen].filter(([, shown]) => !shown).map(([name]) => name);
  }

  /** @param {string} name */
  #shown(name) {
    const { geography, selection } = this.map.screen;
    return this.#chosen.get(name) ?? (name === "cases" || geography.path(selection.area).length >= DEEP);
  }

  async #settle() {
    const { geography, selection } = this.map.screen;
    await geography.shapeOf(selection.area);
    for (const chip of /** @type {Iterable<HTMLElement>} */ (this.bar.children)) {
      const name = chip.dataset.layer ?? "";
      const shown = this.#shown(name);
      chip.setAttribute("aria-pressed", String(shown));
      if (name !== "cases") await this.#put(name);
      this.map.canvas.toggle(name, shown);
    }
    // a centre stands in the middle of its area, where the name is: the name makes room
    mark(this.map.panel, "points", this.map.screen.geography.layers.some(({ name }) => this.#shown(name)) ? "true" : null);
    this.#count();
  }

  /** Put the points inside the chosen area on the map. @param {string} name */
  async #put(name) {
    const { geography } = this.map.screen;
    if (!this.#points.has(name)) this.#points.set(name, (await json(`geo/layers/${name}.geojson`)).features);
    const { shape = "square" } = geography.layers.find((layer) => layer.name === name) ?? {};
    this.map.canvas.putPoints(name, shape, this.#held(name));
  }

  /** @param {string} name */
  #held(name) {
    const { geography, selection } = this.map.screen;
    const points = this.#points.get(name) ?? [];
    return points.filter(({ geometry: { coordinates: [lon, lat] } }) => geography.holds(selection.area, lon, lat));
  }

  #count() {
    const { screen, marks, marked } = this.map;
    const placed = [...marks.values()].filter((row) => row.lon !== null).length;
    const cases = placed < CAP ? placed : screen.areaRow(screen.selection.area)?.open ?? placed;
    for (const chip of /** @type {Iterable<HTMLElement>} */ (this.bar.children)) {
      const name = chip.dataset.layer ?? "";
      const known = name === "cases" ? marked : this.#points.has(name);
      // what has not come yet is not none
      const count = name === "cases" ? cases : this.#held(name).length;
      write(find(chip, ".value"), screen.words.count(known ? count : null));
    }
  }
}
