/** Where the middle, the bounds and the quiet spots of a shape are. */

/** @typedef {[number, number, number, number]} Bounds west, south, east, north */

const GRID = 24;
/** A name is this much wider than high. */
const WIDTH = 2.6;

/** @param {any} geometry @returns {number[][][]} the outer ring of every part */
function rings(geometry) {
  if (geometry.type === "Polygon") return [geometry.coordinates[0]];
  return geometry.type === "MultiPolygon" ? geometry.coordinates.map((/** @type {any} */ part) => part[0]) : [];
}

/** @param {any} geometry @returns {Bounds} */
export function boundsOf(geometry) {
  const points = rings(geometry).flat();
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** The centre of mass of the largest part. @param {any} geometry @returns {[number, number]|null} */
export function middleOf(geometry) {
  const parts = rings(geometry).map(mass).sort((a, b) => b.size - a.size);
  return parts.length ? parts[0].middle : null;
}

/** @param {number[][]} ring @returns {{size: number, middle: [number, number]}} */
function mass(ring) {
  let [twice, x, y] = [0, 0, 0];
  const [ox, oy] = ring[0];
  for (let i = 1; i < ring.length; i += 1) {
    const [ax, ay, bx, by] = [ring[i - 1][0] - ox, ring[i - 1][1] - oy, ring[i][0] - ox, ring[i][1] - oy];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (!twice) return { size: 0, middle: [ox, oy] };
  return { size: Math.abs(twice), middle: [ox + x / (3 * twice), oy + y / (3 * twice)] };
}

/** @param {any} geometry @param {[number, number][]} points @returns {[number, number]|null} */
export function clearingOf(geometry, points) {
  const [ring] = rings(geometry).sort((a, b) => mass(b).size - mass(a).size);
  if (!ring) return null;
  const [west, south, east, north] = boundsOf(geometry);
  const all = [...points, ...ring];
  let [best, most] = [/** @type {[number, number]|null} */ (null), 0];
  for (let i = 1; i < GRID * GRID; i += 1) {
    const x = west + ((east - west) * (i % GRID)) / GRID;
    const y = south + ((north - south) * Math.floor(i / GRID)) / GRID;
    const room = contains(ring, x, y) ? Math.min(...all.map((p) => Math.hypot((p[0] - x) / WIDTH, p[1] - y))) : 0;
    if (room > most) [best, most] = [[x, y], room];
  }
  return best ?? middleOf(geometry);
}

/** Whether a polygon holds a point; its holes do not. @param {any} geometry @param {number} x @param {number} y */
export function containsPoint(geometry, x, y) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return parts.some((/** @type {number[][][]} */ [outer, ...holes]) => contains(outer, x, y) && !holes.some((hole) => contains(hole, x, y)));
}

/** The box around boxes. @param {Bounds[]} boxes @returns {Bounds} */
export function around(boxes) {
  const side = (/** @type {number} */ at) => boxes.map((box) => box[at]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}

/** @param {number[][]} ring @param {number} x @param {number} y */
function contains(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
