/** A kilometre around the case: its grid, its neighbours, a ring of 500 metres, who stands where. */

import { svgPart } from "../chart/svg.mjs";
import { offset } from "../wall/nearby.mjs";

/** Kilometres from side to side. */
const ACROSS = 1.4;
const RING = 0.5;

/** @typedef {import("./hands.mjs").Hand} Hand */

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen @param {[number, number]} place @param {Record<string, Hand[]>} known */
export async function drawHands(element, screen, place, known) {
  const { geography, selection, words } = screen;
  const { features } = await geography.shapes(geography.finest);
  const [width, height] = [element.clientWidth, element.clientHeight];
  if (!width || selection.place !== place) return;
  const scale = Math.min(width, height) / ACROSS;
  const at = (/** @type {[number, number]} */ spot) => {
    const [east, north] = offset(place, spot);
    return [width / 2 + east * scale, height / 2 - north * scale];
  };
  const svg = svgPart("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
  svg.append(...ground(features, selection.placeArea, at, width, height));
  svg.append(svgPart("circle", { class: "hands-ring", cx: width / 2, cy: height / 2, r: RING * scale }));
  const told = svgPart("text", { class: "hands-text", x: width / 2 + 0.72 * RING * scale, y: height / 2 + 0.72 * RING * scale + 16 });
  told.textContent = words.say("map.metres", { n: RING * 1000 });
  svg.append(told);
  for (const hand of spread(Object.values(known).flat(), at, width, height)) svg.append(marker(hand));
  svg.append(...here(screen, width / 2, height / 2));
  element.replaceChildren(svg);
}

/** Those in the picture, one for each spot. @param {Hand[]} hands @param {(place: [number, number]) => number[]} at @param {number} width @param {number} height */
function spread(hands, at, width, height) {
  /** @type {(Hand & {spot: number[]})[]} */
  const kept = [];
  for (const hand of hands) {
    const spot = at(hand.place);
    const seen = spot[0] > 12 && spot[1] > 12 && spot[0] < width - 12 && spot[1] < height - 12;
    const free = Math.hypot(spot[0] - width / 2, spot[1] - height / 2) > 30 && kept.every((other) => Math.hypot(other.spot[0] - spot[0], other.spot[1] - spot[1]) > 24);
    if (seen && free) kept.push({ ...hand, spot });
  }
  return kept;
}

/** @param {any[]} features @param {string|null} own @param {(place: [number, number]) => number[]} at @param {number} width @param {number} height */
function ground(features, own, at, width, height) {
  const parts = features.flatMap(({ geometry, properties: { area_id: id } }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const corners = polygons.flatMap((/** @type {any} */ part) => part[0]).map(at);
    const [xs, ys] = [0, 1].map((axis) => corners.map((/** @type {number[]} */ corner) => corner[axis]));
    if (Math.max(...xs) < 0 || Math.min(...xs) > width || Math.max(...ys) < 0 || Math.min(...ys) > height) return [];
    const d = polygons.map((/** @type {any} */ part) => `M${part[0].map((/** @type {any} */ p) => at(p).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join("");
    return [svgPart("path", { d, class: id === own ? "hands-own" : "hands-grid" })];
  });
  return parts.sort((a, b) => Number(a.getAttribute("class") === "hands-own") - Number(b.getAttribute("class") === "hands-own"));
}

/** @param {Hand & {spot: number[]}} hand */
function marker({ spot: [x, y], shape, letter, name }) {
  const title = svgPart("title");
  title.textContent = name;
  if (shape === "person") {
    const text = svgPart("text", { class: "hands-letter", x, y: y + 4.5, "text-anchor": "middle" });
    text.textContent = letter;
    return svgPart("g", {}, title, svgPart("circle", { class: "hands-person", cx: x, cy: y, r: 11 }), text);
  }
  const d = shape === "notched" ? `M${x - 7} ${y - 7}h9l5 5v9h-14Z` : `M${x - 7} ${y - 7}h14v14h-14Z`;
  return svgPart("g", {}, title, svgPart("path", { class: "hands-post", d }), svgPart("rect", { class: "hands-core", x: x - 2, y: y - 2, width: 4, height: 4 }));
}

/** @param {import("../core/follow.mjs").Screen} screen @param {number} x @param {number} y */
function here({ page }, x, y) {
  const urgency = /** @type {HTMLElement|null} */ (page.root.querySelector(".drawer"))?.dataset.urgency ?? "open";
  const d = { overdue: `M${x} ${y - 12}l12 12l-12 12l-12 -12Z`, due_soon: `M${x} ${y - 11}l11 19h-22Z` }[urgency] ?? `M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0`;
  return [svgPart("circle", { class: "hands-here", cx: x, cy: y, r: 20 }), svgPart("path", { class: `hands-case case-is-${urgency}`, d })];
}
