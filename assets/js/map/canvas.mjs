/** A MapLibre map with the city's areas and cases on it; knows nothing of panels or channels. */

import { maplibre } from "./maplibre.mjs";
import { addMarks } from "./marks.mjs";
import { areaSource, caseLayer, chosenLayers, ground, lineLayer, ringLayer, shadeColor, shadeLayer, token } from "./style.mjs";

const NONE = { type: "FeatureCollection", features: [] };

/**
 * @param {HTMLElement} container @param {import("./geography.mjs").Geography} geography
 * @param {{title: string, interactive: boolean, unit: number, mark: number, levels: string[], breaks: number[]}} options
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
  await new Promise((resolve) => map.once("load", resolve));
  const canvas = new Canvas(map, library, geography, options);
  await canvas.lay();
  return canvas;
}

export class Canvas {
  /** @type {Set<string>} */
  #points = new Set();

  /** @param {any} map @param {any} library @param {import("./geography.mjs").Geography} geography @param {any} options */
  constructor(map, library, geography, options) {
    this.map = map;
    this.library = library;
    this.geography = geography;
    this.options = options;
    this.shadeLevel = geography.finest;
  }

  /** Put the areas and the layers on the map. */
  async lay() {
    const { map, options } = this;
    const levels = options.levels;
    const shapes = await Promise.all(levels.map((/** @type {string} */ level) => this.geography.shapes(level)));
    levels.forEach((/** @type {string} */ level, /** @type {number} */ at) => {
      const { id, promoteId } = areaSource(level);
      map.addSource(id, { type: "geojson", data: shapes[at], promoteId, tolerance: 0.2, buffer: 16 });
    });
    map.addLayer(shadeLayer(this.shadeLevel, options.breaks));
    for (const level of [...levels].reverse()) map.addLayer(lineLayer(level, options.unit, level === levels[0]));
    for (const level of levels) for (const layer of chosenLayers(level, options.unit)) map.addLayer(layer);
    addMarks(map, options.unit, options.mark);
    map.addSource("cases", { type: "geojson", data: NONE, promoteId: "case_id" });
    map.addSource("ring", { type: "geojson", data: NONE });
    map.addLayer(caseLayer());
    map.addLayer(ringLayer(options.unit));
  }

  /** Colour one area. @param {string} id @param {number} value */
  shade(id, value) {
    this.map.setFeatureState({ source: areaSource(this.shadeLevel).id, id }, { value });
  }

  /** Quieten an area that is not looked at. @param {string} id @param {boolean} outside */
  quieten(id, outside) {
    this.map.setFeatureState({ source: areaSource(this.shadeLevel).id, id }, { outside });
  }

  /** @param {number[]} breaks */
  rescale(breaks) {
    this.map.setPaintProperty("shade", "fill-color", shadeColor(breaks));
  }

  /** Outline an area, or none. @param {string|null} id */
  outline(id) {
    for (const level of this.options.levels) {
      for (const part of ["casing", "chosen"]) this.map.setFilter(`${part}-${level}`, ["==", ["get", "area_id"], id ?? ""]);
    }
  }

  /** Replace all case marks. @param {any[]} rows */
  placeAll(rows) {
    const features = rows.map(feature).filter(Boolean);
    this.#points = new Set(features.map((point) => /** @type {any} */ (point).properties.case_id));
    this.map.getSource("cases").setData({ type: "FeatureCollection", features });
  }

  /** Change some case marks. @param {any[]} set @param {string[]} drop */
  place(set, drop) {
    const add = set.map(feature).filter(Boolean);
    const remove = drop.filter((id) => this.#points.delete(id));
    for (const point of add) this.#points.add(/** @type {any} */ (point).properties.case_id);
    if (add.length || remove.length) this.map.getSource("cases").updateData({ add, remove });
  }

  /** Ring a place, or none. @param {[number, number]|null} point */
  ring(point) {
    this.map.getSource("ring").setData(point ? { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: point } } : NONE);
  }

  /** @param {[number, number, number, number]} bounds @param {any} options padding, duration, maxZoom */
  look(bounds, options) {
    this.map.fitBounds(bounds, { linear: true, ...options });
  }

  /**
   * Show the case marks always, or only `closer` than where `bounds` fills the picture.
   * @param {[number, number, number, number]|null} bounds @param {any} options @param {number} closer
   */
  showCasesFrom(bounds, options, closer) {
    const least = bounds ? this.map.cameraForBounds(bounds, options).zoom + closer : 0;
    this.map.setLayerZoomRange("cases", least, 24);
  }

  /** Fix an element to a place. @param {HTMLElement} element @param {[number, number]} point */
  pin(element, point) {
    return new this.library.Marker({ element, anchor: "center" }).setLngLat(point).addTo(this.map);
  }

  /** Take the colours of a changed theme. */
  repaint() {
    const { map, options } = this;
    map.setPaintProperty("ground", "background-color", token("--map-outside"));
    this.rescale(options.breaks);
    addMarks(map, options.unit, options.mark);
    const levels = options.levels;
    const layers = levels.flatMap((/** @type {string} */ level) => [
      lineLayer(/** @type {any} */ (level), options.unit, level === levels[0]), ...chosenLayers(level, options.unit),
    ]);
    for (const layer of [...layers, ringLayer(options.unit)]) {
      for (const [name, value] of Object.entries(layer.paint)) map.setPaintProperty(layer.id, name, value);
    }
  }
}

/** @param {any} row */
function feature(row) {
  if (row.lon === null || row.lat === null) return null;
  const { case_id, urgency } = row;
  return { type: "Feature", id: case_id, properties: { case_id, urgency }, geometry: { type: "Point", coordinates: [row.lon, row.lat] } };
}
