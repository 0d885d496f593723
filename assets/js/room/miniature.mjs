/** A wall's form of a scene, small: drawn from the data of now, so that it shows what the wall would. */

import { make, mark } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { reading } from "../core/sla.mjs";
import { svgPart } from "../chart/svg.mjs";
import { DONE } from "../desk/drawer.mjs";
import { kindOf, placeOf } from "../desk/names.mjs";
import { showTrack } from "../desk/track.mjs";
import { pageName, sceneName } from "./scene.mjs";

const STEPS = ["reported", "filed", "dispatched", "handled", "checked", "closed"];
const [HEIGHT, MARKS, BARS, FRESH] = [100, 300, 7, 15_000];

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {import("../link/room.mjs").Scene} Scene */
/** @typedef {{case: any, timeline: any[]}} Found */

/** @type {Map<string, {at: number, answer: Promise<Found|null>}>} */
const asked = new Map();

/** A case as a wall may see it: names, phones and house numbers are masked by the server. @param {string} id @returns {Promise<Found|null>} */
export function caseOnWall(id) {
  const known = asked.get(id);
  if (known && performance.now() - known.at < FRESH) return known.answer;
  const answer = fetch(address(`api/cases/${encodeURIComponent(id)}?screen=wall`), { headers: { "citybrain-screen": "wall" } })
    .then((got) => (got.ok ? got.json() : null))
    .catch(() => null);
  asked.set(id, { at: performance.now(), answer });
  return answer;
}

/** Draw a scene into an element; a thumb has no words. @param {HTMLElement} element @param {Scene|null} scene @param {Screen} screen @param {{thumb?: boolean}} [how] */
export async function drawScene(element, scene, screen, { thumb = false } = {}) {
  mark(element, "page", scene?.page ?? "overview");
  mark(element, "thumb", thumb ? "true" : null);
  const sign = {};
  /** @type {any} */ (element).drawing = sign;
  await screen.geography.load();
  const focus = scene?.page === "focus" && scene.case ? await caseOnWall(scene.case) : null;
  const area = scene?.area ?? screen.selection.rootArea;
  const map = await ground(area, focus?.case ?? null, screen, scene?.extent ?? null);
  if (/** @type {any} */ (element).drawing !== sign) return;
  const [left, right] = focus ? caseSides(focus, screen, thumb) : areaSides(area, scene, screen, thumb);
  element.replaceChildren(left, make("div", { class: "mini-map" }, map), right);
}

/** @param {Found} found @param {Screen} screen @param {boolean} thumb */
function caseSides({ case: row, timeline }, screen, thumb) {
  const { words, clock } = screen;
  const done = DONE.has(row.state);
  const now = clock.now();
  const { side, digits, text, urgency } = reading(row, now, words);
  const left = make("div", { class: "mini-left", "data-urgency": done ? "closed" : urgency });
  const right = make("ol", { class: "mini-right mini-steps" });
  const steps = STEPS.map((name) => make("li", { "data-track": name }, make("i"), make("span", {}, thumb ? "" : words.say(`track.${name}`)), make("span", { class: "track-time" })));
  right.append(...steps);
  showTrack(right, row, timeline, now, words, done);
  for (const time of right.querySelectorAll(".track-time")) time.textContent = /\d\d:\d\d$/.exec(time.textContent ?? "")?.[0] ?? time.textContent;
  if (thumb) {
    for (const time of right.querySelectorAll(".track-time")) time.remove();
    left.append(make("i"), make("b"), make("i"));
    return [left, right];
  }
  const unit = words.field(row, "unit");
  const clockText = done ? words.name("status", row.state) : digits || text;
  left.append(make("b", {}, kindOf(row, screen)), make("strong", { class: "value" }, clockText));
  left.append(make("span", {}, [side, words.name("status", row.state)].filter(Boolean).join(" · ")), make("span", {}, unit || placeOf(row, screen)));
  return [left, right];
}

/** @param {string} area @param {Scene|null} scene @param {Screen} screen @param {boolean} thumb */
function areaSides(area, scene, screen, thumb) {
  const { geography, words, areaRow } = screen;
  const left = make("div", { class: "mini-left" });
  const { open, overdue, reported_today: reported } = areaRow(area) ?? {};
  if (thumb) left.append(make("i"), make("b"), make("i"), make("b"), make("i"));
  else {
    const title = words.field(geography.areas[area] ?? {}, "name");
    left.append(make("b", {}, title), make("span", {}, pageName(scene?.page, words)));
    const numbers = [["open", open], ["overdue", overdue], ["reported", reported]].filter(([, value]) => value !== undefined);
    for (const [name, value] of numbers) left.append(make("span", { "data-number": name }, words.say(`room.number.${name}`), make("strong", { class: "value" }, words.count(value))));
  }
  const right = make("div", { class: "mini-right mini-bars" });
  const loads = geography.children(area).map((id) => areaRow(id)?.open ?? 0).sort((a, b) => b - a).slice(0, BARS);
  for (const load of loads) {
    const bar = make("i");
    bar.style.width = `${Math.max(6, (100 * load) / Math.max(1, loads[0]))}%`;
    right.append(bar);
  }
  return [left, right];
}

/** The map of a scene: the parts of its area, the cases on it, the one in focus. @param {string} area @param {any} focus @param {Screen} screen @param {number[]|null} extent */
async function ground(area, focus, screen, extent) {
  const { geography } = screen;
  const children = geography.children(area).filter((id) => id !== geography.unknown);
  const shapes = await Promise.all([area, ...children].map((id) => geography.shapeOf(id)));
  const [west, south, east, north] = extent ?? (await geography.boundsOf(area));
  const squeeze = Math.cos(((south + north) * Math.PI) / 360);
  const scale = HEIGHT / (north - south);
  const width = (east - west) * squeeze * scale;
  const at = (/** @type {number} */ lon, /** @type {number} */ lat) => [(lon - west) * squeeze * scale, (north - lat) * scale];
  const path = (/** @type {any} */ shape) => ringsOf(shape).map((ring) => `M${ring.map(([lon, lat]) => at(lon, lat).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join("");
  const drawn = shapes.filter(Boolean).map((shape, nth) => svgPart("path", { d: path(shape), class: nth || !shapes[0] ? "mini-area" : "mini-whole" }));
  const svg = svgPart("svg", { viewBox: `0 0 ${width.toFixed(1)} ${HEIGHT}`, "aria-hidden": "true" }, ...drawn);
  for (const row of inView(screen, area)) {
    const [x, y] = at(row.lon, row.lat);
    svg.append(svgPart("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 1.6, class: `mini-mark mini-${row.urgency}` }));
  }
  if (focus?.lon) {
    const [x, y] = at(focus.lon, focus.lat);
    svg.append(svgPart("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 6, class: "mini-ring" }), svgPart("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: 3, class: `mini-mark mini-${focus.urgency}` }));
  }
  return svg;
}

/** The pressing cases of an area that this screen knows. @param {Screen} screen @param {string} area */
function inView({ maps, geography }, area) {
  const known = [...(maps.main?.marks.values() ?? [])].filter((row) => row.lon !== null && row.urgency !== "open");
  return known.filter((row) => geography.within(row.area_id, area)).slice(0, MARKS);
}

/** @param {any} shape @returns {number[][][]} */
function ringsOf(shape) {
  if (shape.type === "Polygon") return [shape.coordinates[0]];
  return shape.coordinates.map((/** @type {any} */ part) => part[0]);
}

/** A miniature that shows one scene after another. @param {Screen} screen @param {Scene|null} scene @param {{thumb?: boolean}} [how] */
export function miniature(screen, scene, how = {}) {
  const element = make("div", { class: "mini", role: "img", "aria-label": sceneName(scene, screen) });
  drawScene(element, scene, screen, how);
  return element;
}
