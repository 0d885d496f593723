/** A MapLibre map with the city's areas, cases and points on it; knows nothing of panels or channels. `plain.mjs` has the same methods. */

import { addBasemap } from "./basemap.mjs";
import { caseLayers, clusterProperties, clusterRadius, pointLayer } from "./case_layers.mjs";
import { fitting, ranges, zoomFor } from "./levels.mjs";
import { maplibre } from "./maplibre.mjs";
import { addMarks } from "./marks.mjs";
import { areaSource, chosenLayers, ground, handLayers, lineLayer, ringLayers, shadeColour, shadeLayer, token } from "./style.mjs";

const NONE = { type: "FeatureCollection", features: [] };
/** From so many pixels on, an area of a level is seen as one, and its border as a line. */
const SEEN = { shade: 14, line: 9 };
const AHEAD = 0.4;
const REACH = 8;
/** The next level is fetched once nobody waits for this one. */
const LATER = 2000;
const RANK = { overdue: 0, due_soon: 1, open: 2 };
const FLASH = 360;

/**
 * @typedef {object} Options
 * @property {string} title @property {boolean} interactive @property {number} unit @property {number} mark @property {number} type
 * @property {(level: string) => import("./shades.mjs").Shading} way
 * @property {string|null} level the one level that is shaded, whatever the zoom
 */

/**
 * @param {HTMLElement} container @param {import("./geography.mjs").Geography} geography @param {Options} options
 */
export async function openCanvas(container, geography, options) {
  const library = await maplibre();
  const map = new library.Map({
    container,
    style: ground(),
    bounds: geography.bounds,
    interactive: options.interactive,
    attributionControl: false,
    locale: { "Map.Title": options.title },
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    maxZoom: 17,
  });
  map.keyboard?.disableRotation();
  map.touchZoomRotate?.disableRotation();
  map.doubleClickZoom?.disable();
  await new Promise((resolve) => map.once("load", resolve));
  const canvas = new Canvas(map, library, geography, options);
  // a picture of the screen asks the map to draw while it looks
  Object.assign(container, { citybrainMap: map });
  await canvas.lay();
  return canvas;
}

export class Canvas {
  /** @type {Set<string>} */
  #points = new Set();
  /** @type {Map<string, Promise<void>>} levels that are on the map, or on their way */
  #laid = new Map();
  /** @type {Set<string>} levels whose shapes are drawn */
  #ready = new Set();
  /** @type {Map<string, Map<string, any>>} what is known of the areas of levels that may not be on the map yet */
  #states = new Map();

  /** @param {any} map @param {any} library @param {import("./geography.mjs").Geography} geography @param {Options} options */
  constructor(map, library, geography, options) {
    this.map = map;
    this.library = library;
    this.geography = geography;
    this.options = options;
    const latitude = (geography.bounds[1] + geography.bounds[3]) / 2;
    this.latitude = latitude;
    const all = ranges(geography.levels, geography.sizes, SEEN.shade, latitude);
    /** @type {import("./levels.mjs").Range[]} */
    this.ranges = options.level ? [{ level: options.level, from: 0, to: 24 }] : all;
    this.opacity = geography.basemap ? 0.7 : 1;
  }

  get container() {
    return this.map.getContainer();
  }

  /** The place under a spot of the picture. @param {{x: number, y: number}} spot @returns {[number, number]} */
  unproject({ x, y }) {
    return this.map.unproject([x, y]).toArray();
  }

  /** Put the layers on the map; those of areas come with the zoom that needs them. */
  async lay() {
    const { map, options } = this;
    addMarks(map, options.unit, options.mark);
    for (const name of ["chosen", "frame", "drawn", "ring", "flash"]) map.addSource(name, { type: "geojson", data: NONE });
    const crowds = { clusterProperties, clusterRadius: clusterRadius(options.unit), clusterMaxZoom: 14 };
    map.addSource("cases", { type: "geojson", data: NONE, promoteId: "case_id", cluster: false, ...crowds });
    for (const layer of this.#fixed()) map.addLayer(layer);
    if (this.geography.basemap) await addBasemap(map, this.library);
    map.on("zoom", () => this.#reach());
    await this.#reach();
  }

  #fixed() {
    const { unit, type } = this.options;
    return [...chosenLayers(unit), ...handLayers(unit), ...caseLayers(unit, type), ...ringLayers(unit)];
  }

  /** Lay the levels this zoom needs, or soon will. */
  async #reach() {
    const zoom = this.map.getZoom() + AHEAD;
    const wanted = this.geography.levels.filter((level) => zoom >= Math.min(this.#lineFrom(level), this.#range(level).from));
    await Promise.all(wanted.map((level) => this.#lay(level)));
    const next = this.geography.levels.find((level) => !this.#laid.has(level));
    if (next && this.options.interactive) setTimeout(() => this.geography.shapes(next), LATER);
  }

  /** @param {string} level */
  #range(level) {
    return this.ranges.find((range) => range.level === level) ?? { level, from: 24, to: 24 };
  }

  /** @param {string} level */
  #lineFrom(level) {
    return level === this.geography.levels[0] ? 0 : zoomFor(this.geography.sizes[level], SEEN.line, this.latitude);
  }

  /** @param {string} level */
  #lay(level) {
    let laid = this.#laid.get(level);
    if (!laid) {
      laid = this.#add(level);
      this.#laid.set(level, laid);
    }
    return laid;
  }

  /** @param {string} level */
  async #add(level) {
    const { map, geography, options } = this;
    const data = await geography.shapes(level);
    const { id, promoteId } = areaSource(level);
    map.addSource(id, { type: "geojson", data, promoteId, tolerance: 0.2, buffer: 16 });
    const lines = map.getStyle().layers.find((/** @type {any} */ layer) => layer.id.startsWith("line-"))?.id ?? "casing";
    if (this.#range(level).from < 24) this.#shade(level, lines);
    const coarser = geography.levels.slice(0, geography.levels.indexOf(level)).reverse().find((other) => map.getLayer(`line-${other}`));
    const line = lineLayer(level, options.unit, level === geography.levels[0], this.#lineFrom(level));
    map.addLayer(line, coarser ? `line-${coarser}` : "casing");
    for (const [area, state] of this.#states.get(level) ?? []) map.setFeatureState({ source: id, id: area }, state);
  }

  /** Shade a level; the coarser one stays beneath it until it is there. @param {string} level @param {string} lines */
  async #shade(level, lines) {
    const { map, options } = this;
    const finer = this.geography.levels.slice(this.geography.levels.indexOf(level) + 1).find((other) => map.getLayer(`shade-${other}`));
    map.addLayer(shadeLayer(level, options.way(level), { ...this.#range(level), to: 24 }, this.opacity), finer ? `shade-${finer}` : lines);
    const source = areaSource(level).id;
    while (!map.isSourceLoaded(source)) await new Promise((resolve) => map.once("sourcedata", resolve));
    this.#ready.add(level);
    for (const [at, { level: coarse, from, to }] of this.ranges.entries()) {
      const next = this.ranges[at + 1]?.level;
      if (this.#ready.has(coarse) && this.#ready.has(next)) map.setLayerZoomRange(`shade-${coarse}`, from, to);
    }
  }

  /** The level that is shaded now. */
  get level() {
    return fitting(this.ranges, this.map.getZoom());
  }

  get zoom() {
    return this.map.getZoom();
  }

  /** Colour one area, quieten it, or light it up. @param {string} level @param {string} id @param {{value?: number, outside?: boolean, flash?: boolean}} state */
  paint(level, id, state) {
    const known = this.#states.get(level) ?? new Map();
    this.#states.set(level, known);
    known.set(id, { ...known.get(id), ...state });
    const { id: source } = areaSource(level);
    if (this.map.getSource(source)) this.map.setFeatureState({ source, id }, state);
  }

  /** Take the present breaks and colours of every level. */
  recolour() {
    for (const { level } of this.ranges) {
      if (this.map.getLayer(`shade-${level}`)) this.map.setPaintProperty(`shade-${level}`, "fill-color", shadeColour(this.options.way(level)));
    }
  }

  /** Outline an area, or none. @param {any|null} geometry */
  outline(geometry) {
    this.#put("chosen", geometry);
  }

  /** Replace all marks. @param {any[]} rows with `case_id`, `urgency`, `lon`, `lat` */
  placeAll(rows) {
    const features = rows.map(feature).filter(Boolean);
    this.#points = new Set(features.map((point) => /** @type {any} */ (point).id));
    this.map.getSource("cases").setData({ type: "FeatureCollection", features });
  }

  /** Change some marks. @param {any[]} set @param {string[]} drop */
  place(set, drop) {
    const add = set.map(feature).filter(Boolean);
    const remove = drop.filter((id) => this.#points.delete(id));
    for (const point of add) this.#points.add(/** @type {any} */ (point).id);
    if (add.length || remove.length) this.map.getSource("cases").updateData({ add, remove });
  }

  /** Gather marks that would cover one another, or not. @param {boolean} crowded */
  crowd(crowded) {
    if (this.crowded === crowded) return;
    this.crowded = crowded;
    this.map.getSource("cases").setClusterOptions({ cluster: crowded });
  }

  /** Ring a place, or none. @param {[number, number]|null} point */
  ring(point) {
    this.#put("ring", point && { type: "Point", coordinates: point });
  }

  /** Light a place up, once. @param {[number, number]} point @param {number} [span] milliseconds */
  flash(point, span = FLASH) {
    this.#put("flash", { type: "Point", coordinates: point });
    setTimeout(() => this.#put("flash", null), span);
  }

  /** Frame a box, or none. @param {number[]|null} box */
  frame(box) {
    const [w, s, e, n] = box ?? [];
    this.#put("frame", box && { type: "LineString", coordinates: [[w, s], [e, s], [e, n], [w, n], [w, s]] });
  }

  /** Show what was drawn by hand. @param {any[]} geometries */
  drawn(geometries) {
    const features = geometries.map((geometry) => ({ type: "Feature", properties: {}, geometry }));
    this.map.getSource("drawn")?.setData({ type: "FeatureCollection", features });
  }

  /** @param {string} source @param {any|null} geometry */
  #put(source, geometry) {
    this.map.getSource(source)?.setData(geometry ? { type: "Feature", properties: {}, geometry } : NONE);
  }

  /** Show the points of a layer. @param {string} name @param {string} shape @param {any[]} features */
  putPoints(name, shape, features) {
    const data = { type: "FeatureCollection", features };
    if (this.map.getSource(`points-${name}`)) return this.map.getSource(`points-${name}`).setData(data);
    this.map.addSource(`points-${name}`, { type: "geojson", data });
    return this.map.addLayer(pointLayer(name, shape, this.options.unit), "cases");
  }

  /** @param {string} name a layer of points, or `cases` @param {boolean} shown */
  toggle(name, shown) {
    const names = name === "cases" ? ["cases", "clusters", "cluster-counts", "cluster-overdue"] : [`points-${name}`];
    for (const id of names) if (this.map.getLayer(id)) this.map.setLayoutProperty(id, "visibility", shown ? "visible" : "none");
  }

  /**
   * What lies under a place of the picture: the most pressing case, a crowd, a fixed point, an area of the level shown.
   * @param {{x: number, y: number}} point @returns {{mark?: string, crowd?: any, spot?: any, area?: string}}
   */
  at(point) {
    const box = [[point.x - REACH, point.y - REACH], [point.x + REACH, point.y + REACH]];
    const layers = this.map.getStyle().layers.map((/** @type {any} */ layer) => layer.id);
    const within = (/** @type {any} */ where, /** @type {(id: string) => boolean} */ like) => this.map.queryRenderedFeatures(where, { layers: layers.filter(like) });
    const cases = within(box, (id) => id === "cases");
    cases.sort((/** @type {any} */ a, /** @type {any} */ b) => RANK[a.properties.urgency] - RANK[b.properties.urgency]);
    return {
      mark: cases[0]?.properties.case_id,
      crowd: within(point, (id) => id === "clusters")[0],
      spot: within(box, (id) => id.startsWith("points-"))[0]?.properties,
      area: within(point, (id) => id.startsWith("shade-"))[0]?.properties.area_id,
    };
  }

  /** Look into a crowd of cases. @param {any} crowd @param {number} duration */
  async open(crowd, duration) {
    const zoom = await this.map.getSource("cases").getClusterExpansionZoom(crowd.properties.cluster_id);
    this.map.easeTo({ center: crowd.geometry.coordinates, zoom, duration });
  }

  /** @param {[number, number, number, number]} bounds @param {any} options padding, duration, maxZoom */
  look(bounds, options) {
    this.map.fitBounds(bounds, { linear: true, ...options });
  }

  /** @param {[number, number]} point @param {{duration: number, zoom?: number}} options */
  fly(point, options) {
    this.map.easeTo({ center: point, ...options });
  }

  /** @param {[number, number]} point */
  sees(point) {
    return this.map.getBounds().contains(point);
  }

  /** West, south, east, north of the picture. */
  get box() {
    return this.map.getBounds().toArray().flat();
  }

  /** @param {[number, number]} point */
  project(point) {
    return this.map.project(point);
  }

  /**
   * Hear `click`, `dblclick`, `mousemove` (with `point` and `lngLat`), `mouseout`, `moveend`, `zoomend`, `resize`.
   * @param {string} name @param {(event: any) => void} hear
   */
  on(name, hear) {
    this.map.on(name, hear);
  }

  /** @param {string} shape */
  cursor(shape) {
    this.map.getCanvas().style.cursor = shape;
  }

  /** Wait until all is drawn. @returns {Promise<void>} */
  idle() {
    return new Promise((resolve) => this.map.once("idle", () => resolve()));
  }

  /** Fix an element to a place. @param {HTMLElement} element @param {[number, number]} point */
  pin(element, point) {
    return new this.library.Marker({ element, anchor: "center" }).setLngLat(point).addTo(this.map);
  }

  /** Take the colours of a changed theme. */
  repaint() {
    const { map, options, geography } = this;
    map.setPaintProperty("ground", "background-color", token("--map-outside"));
    this.recolour();
    addMarks(map, options.unit, options.mark);
    const lines = geography.levels.filter((level) => map.getLayer(`line-${level}`)).map((level) => lineLayer(level, options.unit, level === geography.levels[0], 0));
    for (const layer of [...lines, ...this.#fixed()]) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name, value);
    }
  }

  destroy() {
    this.map.remove();
  }
}

/** @param {any} row */
function feature(row) {
  if (row.lon === null || row.lat === null) return null;
  const { case_id, urgency } = row;
  return { type: "Feature", id: case_id, properties: { case_id, urgency }, geometry: { type: "Point", coordinates: [row.lon, row.lat] } };
}
