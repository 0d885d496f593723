/** The city's areas: their tree from `/geo/index.json`, their shapes a level at a time. */

import { address } from "../core/page.mjs";
import { boundsOf, clearingOf, containsPoint, middleOf } from "./shapes.mjs";

/**
 * @typedef {{name_zh: string, name_en: string, level: string, parent: string|null, population: number|null}} Area
 * @typedef {import("./shapes.mjs").Bounds} Bounds
 */

export class Geography {
  /** @type {Promise<void>|null} */
  #index = null;
  /** @type {Map<string, Promise<any>>} */
  #shapes = new Map();
  /** @type {Map<string, any>} */
  #features = new Map();
  /** @type {Map<string, string[]>} */
  #children = new Map();
  /** @type {string[]} coarsest first, without the city itself */
  levels = [];
  /** @type {Record<string, Area>} */
  areas = {};
  /** @type {Bounds} */
  bounds = [-180, -85, 180, 85];
  /** The area of cases whose place is unknown. */
  unknown = "";
  /** @type {Record<string, number>} how wide the median area of a level is, in kilometres */
  sizes = {};
  /** @type {Bounds|null} where the finest areas are densest */
  core = null;
  /** @type {{name: string, shape: string, count: number, name_zh: string, name_en: string}[]} layers of fixed points */
  layers = [];
  /** @type {string[]} whom a map credits */
  credits = [];
  basemap = false;

  /** Fetch the tree, once. */
  load() {
    this.#index ??= this.#loadIndex();
    return this.#index;
  }

  /** Fetch the shapes of a level, once. @param {string} level */
  shapes(level) {
    let shapes = this.#shapes.get(level);
    if (!shapes) {
      shapes = this.#loadShapes(level);
      this.#shapes.set(level, shapes);
    }
    return shapes;
  }

  get finest() {
    return this.levels[this.levels.length - 1];
  }

  /** From the city down to the area, both included. @param {string} id @returns {string[]} */
  path(id) {
    const path = [];
    for (let at = /** @type {string|null} */ (id); at && this.areas[at]; at = this.areas[at].parent) path.unshift(at);
    return path;
  }

  /** @param {string} id @returns {string[]} */
  children(id) {
    return this.#children.get(id) ?? [];
  }

  /** How many areas of each finer level lie in an area. @param {string} id @returns {Record<string, number>} */
  inside(id) {
    /** @type {Record<string, number>} */
    const counts = {};
    const todo = [...this.children(id)];
    for (let at = todo.pop(); at; at = todo.pop()) {
      if (at === this.unknown) continue;
      const { level } = this.areas[at];
      counts[level] = (counts[level] ?? 0) + 1;
      todo.push(...this.children(at));
    }
    return Object.fromEntries(this.levels.filter((level) => counts[level]).map((level) => [level, counts[level]]));
  }

  /** Whether an area lies in another, or is it. @param {string} id @param {string} ancestor */
  within(id, ancestor) {
    return this.path(id).includes(ancestor);
  }

  /** The part of `id`'s path right below `ancestor`. @param {string} id @param {string} ancestor */
  below(id, ancestor) {
    const path = this.path(id);
    const at = path.indexOf(ancestor);
    return at < 0 ? null : (path[at + 1] ?? null);
  }

  /** The bounds of an area; the city's where its shape is unknown. @param {string} id @returns {Promise<Bounds>} */
  async boundsOf(id) {
    const shape = await this.shapeOf(id);
    return shape ? boundsOf(shape) : this.bounds;
  }

  /** The shape of an area, once its level is there. @param {string} id @returns {Promise<any|null>} */
  async shapeOf(id) {
    const level = this.areas[id]?.level;
    if (this.levels.includes(level)) await this.shapes(level);
    return this.#features.get(id)?.geometry ?? null;
  }

  /** Whether a point lies in an area whose level is loaded; the city holds all. @param {string} id @param {number} lon @param {number} lat */
  holds(id, lon, lat) {
    const feature = this.#features.get(id);
    return feature ? containsPoint(feature.geometry, lon, lat) : !this.areas[id]?.parent;
  }

  /** The areas of a level. @param {string} level @returns {string[]} */
  at(level) {
    return Object.keys(this.areas).filter((id) => this.areas[id].level === level);
  }

  /** A point inside or near the middle of an area whose level is loaded. @param {string} id */
  middle(id) {
    const feature = this.#features.get(id);
    return feature ? middleOf(feature.geometry) : null;
  }

  /** The place inside an area that is farthest from `points` and its own border. @param {string} id @param {[number, number][]} points */
  clearing(id, points) {
    const feature = this.#features.get(id);
    return feature ? clearingOf(feature.geometry, points) : null;
  }

  async #loadIndex() {
    const index = await json("geo/index.json");
    this.areas = index.areas;
    this.levels = index.levels.filter((/** @type {string} */ level) => level !== "city");
    this.bounds = index.bounds;
    this.unknown = index.unknown ?? "";
    const { sizes = {}, core = null, layers = [], credits = [], basemap = false } = index;
    Object.assign(this, { sizes, core, layers, credits, basemap });
    for (const [id, area] of Object.entries(this.areas)) {
      if (!area.parent) continue;
      const siblings = this.#children.get(area.parent) ?? [];
      siblings.push(id);
      this.#children.set(area.parent, siblings);
    }
  }

  /** @param {string} level */
  async #loadShapes(level) {
    const shapes = await json(`geo/${level}.geojson`);
    for (const feature of shapes.features) this.#features.set(feature.properties.area_id, feature);
    return shapes;
  }
}

/** Fetch JSON of this server. @param {string} path */
export async function json(path) {
  const answer = await fetch(address(path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}
