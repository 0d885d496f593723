/** The case's surroundings to scale: its grid, its neighbours, rings of 300 and 500 metres, what stands there. */

import { find, write } from "../core/dom.mjs";
import { svgPart } from "../chart/svg.mjs";
import { focusOf } from "./focus.mjs";
import { offset, others, points } from "./nearby.mjs";

/** Pixels of the drawing a kilometre takes. */
const SCALE = 760;
const RINGS = [300, 500];
const REACH = 500;
/** Where a ring is named, and the room its name takes. */
const BESIDE = -Math.PI * 0.72;
const NAME = [150, 60];
/** A point's letter; the list beside the map uses the same. */
export const LETTERS = "ABCDEF";

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function nearMap(panel, screen) {
  const focus = focusOf(screen);
  let drawn = "";
  const show = async () => {
    const { row } = focus;
    if (!row || row.lon === null) return;
    const shapes = await screen.geography.shapes(screen.geography.finest);
    const near = others(focus.around, row, 2000);
    const told = JSON.stringify([row.case_id, row.urgency, near.map((one) => [one.case_id, one.urgency]), panel.clientWidth, panel.clientHeight]);
    if (told === drawn) return;
    drawn = told;
    const fixed = (await points(screen.geography, [row.lon, row.lat])).slice(0, LETTERS.length);
    draw(panel, focus, near, fixed, shapes.features);
    people(panel, focus, near.filter((one) => one.far <= REACH).length);
  };
  focus.listen(panel, show);
  screen.page.root.addEventListener("arranged", show);
}

/** @param {HTMLElement} panel @param {import("./focus.mjs").Focus} focus @param {any[]} near @param {any[]} fixed @param {any[]} features */
function draw(panel, { row, screen }, near, fixed, features) {
  const unit = parseFloat(getComputedStyle(panel).getPropertyValue("--u")) || 1;
  const [width, height] = [panel.clientWidth / unit, panel.clientHeight / unit];
  const at = (/** @type {[number, number]} */ place) => {
    const [east, north] = offset([row.lon, row.lat], place);
    return [width / 2 + east * SCALE, height / 2 - north * SCALE];
  };
  const seen = (/** @type {number[]} */ [x, y]) => x > 30 && y > 30 && x < width - 30 && y < height - 80;
  const ground = grids(features, row, at, width, height);
  const rings = RINGS.flatMap((radius) => ring(radius, width, height, screen.words.say("map.metres", { n: radius })));
  const marks = near.map((one) => ({ ...one, spot: at([one.lon, one.lat]) })).filter(({ spot }) => seen(spot)).map(({ spot, urgency }) => marker(spot, urgency, 15));
  const posts = fixed.map((one, nth) => ({ ...one, nth, spot: at(one.place) })).filter(({ spot }) => seen(spot)).map(post);
  const svg = svgPart("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, ...ground, ...rings, ...marks, ...posts, ...own(row, width / 2, height / 2));
  find(panel, ".near-canvas").replaceChildren(svg);
}

/** @param {any[]} features @param {any} row @param {(place: [number, number]) => number[]} at @param {number} width @param {number} height */
function grids(features, row, at, width, height) {
  const parts = features.flatMap(({ geometry, properties: { area_id: id } }) => {
    const rings = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const corners = rings.flatMap((/** @type {any} */ part) => part[0]).map(at);
    const [xs, ys] = [corners.map((/** @type {number[]} */ c) => c[0]), corners.map((/** @type {number[]} */ c) => c[1])];
    if (Math.max(...xs) < 0 || Math.min(...xs) > width || Math.max(...ys) < 0 || Math.min(...ys) > height) return [];
    const d = rings.map((/** @type {any} */ part) => `M${part[0].map((/** @type {any} */ p) => at(p).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join("");
    return [svgPart("path", { d, class: id === row.area_id ? "near-own" : "near-grid" })];
  });
  // the case's own grid lies over its neighbours' borders
  return parts.sort((a, b) => Number(a.getAttribute("class") === "near-own") - Number(b.getAttribute("class") === "near-own"));
}

/** A ring, named beside it or on top of it, or not at all where its name would not be whole. @param {number} radius @param {number} width @param {number} height @param {string} words */
function ring(radius, width, height, words) {
  const [x, y, r] = [width / 2, height / 2, (radius / 1000) * SCALE];
  const circle = svgPart("circle", { class: "near-ring", cx: x, cy: y, r });
  const beside = { x: x + r * Math.cos(BESIDE) - 12, y: y + r * Math.sin(BESIDE) - 12, "text-anchor": "end" };
  const above = { x, y: y - r - 12, "text-anchor": "middle" };
  const spot = [beside, above].find((at) => at.y > NAME[1] && at.x - (at === beside ? NAME[0] : NAME[0] / 2) > 0);
  if (!spot) return [circle];
  const text = svgPart("text", { class: "near-text near-ring-name", ...spot });
  text.textContent = words;
  return [circle, text];
}

/** @param {number[]} spot @param {string} urgency @param {number} size */
function marker([x, y], urgency, size) {
  if (urgency === "overdue") return svgPart("path", { class: "near-mark mark-is-overdue", d: `M${x} ${y - size * 1.2}l${size * 1.2} ${size * 1.2}l${-size * 1.2} ${size * 1.2}l${-size * 1.2} ${-size * 1.2}Z` });
  if (urgency === "due_soon") return svgPart("path", { class: "near-mark mark-is-due-soon", d: `M${x} ${y - size}l${size * 1.1} ${size * 1.9}h${-size * 2.2}Z` });
  return svgPart("circle", { class: "near-mark mark-is-open", cx: x, cy: y, r: size * 0.6 });
}

/** @param {any} one */
function post({ spot: [x, y], shape, nth }) {
  const notch = shape === "notched" ? `M${x - 26} ${y - 26}h36l16 16v36h-52Z` : `M${x - 26} ${y - 26}h52v52h-52Z`;
  const text = svgPart("text", { class: "near-text near-letter", x, y: y + 15, "text-anchor": "middle" });
  text.textContent = LETTERS[nth];
  return svgPart("g", {}, svgPart("path", { class: "near-post", d: notch }), text);
}

/** @param {any} row @param {number} x @param {number} y */
function own(row, x, y) {
  const circle = svgPart("circle", { class: `near-here here-${row.urgency}`, cx: x, cy: y, r: 52 });
  return [circle, marker([x, y + (row.urgency === "due_soon" ? -4 : 0)], row.urgency, 27)];
}

/** @param {HTMLElement} panel @param {import("./focus.mjs").Focus} focus @param {number} open */
function people(panel, { row, screen }, open) {
  const { geography, words } = screen;
  const inside = geography.path(row.area_id).slice(-2).reverse().filter((id) => geography.areas[id].population);
  const parts = inside.map((id) => words.say("near.people", { name: words.say(`inside.${geography.areas[id].level}`), count: words.count(geography.areas[id].population) }));
  write(find(panel, ".near-people"), [...parts, words.say("near.open", { count: words.count(open) })].join(" · "));
}
