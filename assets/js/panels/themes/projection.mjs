/** Where a point of the earth lies on a small picture: true to shape in the middle of it. */

const EDGE = 14;

export class Projection {
  /** @param {import("../../map/shapes.mjs").Bounds[]} boxes what must be seen @param {number} width @param {number} height */
  constructor(boxes, width, height) {
    const west = Math.min(...boxes.map((box) => box[0]));
    const south = Math.min(...boxes.map((box) => box[1]));
    const east = Math.max(...boxes.map((box) => box[2]));
    const north = Math.max(...boxes.map((box) => box[3]));
    const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
    const scale = Math.min((width - 2 * EDGE) / ((east - west) * narrow || 1), (height - 2 * EDGE) / (north - south || 1));
    const [x, y] = [(west + east) / 2, (south + north) / 2];
    /** @param {number[]} place @returns {[number, number]} */
    this.point = ([lon, lat]) => [width / 2 + (lon - x) * narrow * scale, height / 2 - (lat - y) * scale];
  }

  /** The outline of a shape as a path. @param {any} geometry */
  path(geometry) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return parts.flat().map((/** @type {number[][]} */ ring) => `M${ring.map((place) => this.#written(place)).join("L")}Z`).join("");
  }

  /** @param {number[]} place */
  #written(place) {
    const [x, y] = this.point(place);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  }
}
