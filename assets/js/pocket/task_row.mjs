/** One task in the phone's list: a row, or, as the first, a card with the way there. */

import { find, make, mark, write } from "../core/dom.mjs";
import { reading, titleOf } from "../core/sla.mjs";
import { phone } from "./phone.mjs";
import { go } from "./way.mjs";
import { distance, metresBetween, placeName } from "./where.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const PARTS = ["task-sla", "row-state", "row-title", "row-place", "row-due", "row-away"];

/** @param {Screen} screen @param {(id: string) => any} rowOf */
export function createTask(screen, rowOf) {
  const { words, selection } = screen;
  const open = make("button", { type: "button", class: "task" }, ...PARTS.map((name) => make("span", { class: name })), make("i", { class: "icon", "data-icon": "right" }));
  const way = make("button", { type: "button", class: "task-go button-main" }, make("i", { class: "icon", "data-icon": "way" }), words.say("task.go"));
  const more = make("button", { type: "button", class: "task-open button-plain" }, words.say("pocket.details"));
  const item = make("li", { class: "task-item" }, open, make("div", { class: "task-acts" }, way, more));
  const id = () => open.dataset.case ?? "";
  for (const button of [open, more]) button.addEventListener("click", () => selection.chooseCase(id()));
  way.addEventListener("click", () => go(rowOf(id()), screen));
  return item;
}

/** A head between what waits for this hand and the rest. */
export function createHead() {
  return make("li", { class: "task-head" });
}

/** @param {HTMLElement} node @param {{heads: string, count: number}} row @param {Screen} screen */
export function updateHead(node, { heads, count }, { words }) {
  write(node, words.say(`pocket.${heads}`, { count: words.count(count) }));
}

/** @param {HTMLElement} node @param {any} row @param {Screen} screen */
export function updateTask(node, row, screen) {
  const { words, clock } = screen;
  const now = clock.now();
  mark(find(node, ".task"), "case", String(row.case_id));
  mark(node, "urgency", row.urgency ?? "open");
  write(find(node, ".row-title"), titleApart(row, words));
  write(find(node, ".row-place"), placeOf(row, screen));
  write(find(node, ".row-state"), stateOf(row, words));
  write(find(node, ".row-due"), row.due_at ? words.say("pocket.due", { time: words.when(row.due_at, now) }) : words.say("case.no-deadline"));
  find(node, ".task-go").hidden = row.lon === null || row.lon === undefined;
  showClock(node, row, now, words);
  showDistance(node, row, screen);
}

/** Where a task stands; of a dispute that is mediated its stage, of one that is over which visit is due. @param {any} row @param {import("../core/words.mjs").Words} words */
function stateOf(row, words) {
  if (row.visit_days) return words.say("dispute.follow", { days: row.visit_days });
  const mediated = row.dispute_stage && row.dispute_stage !== "registered" && String(row.awaits ?? "").includes(row.dispute_stage);
  return mediated ? words.name("dispute", row.dispute_stage) : words.name("status", row.state);
}

/** What a task is called, without its place, which stands beside it. @param {any} row @param {import("../core/words.mjs").Words} words */
export function titleApart(row, words) {
  const title = titleOf(row, words);
  const [place] = [` · ${row.area_zh}`, ` · ${row.area_en}`].filter((end) => title.endsWith(end));
  const bare = place ? title.slice(0, -place.length) : title;
  return bare === row.category_zh ? words.field(row, "category") : bare;
}

/** Where a task is, by the names around it. @param {any} row @param {Screen} screen */
export function placeOf(row, screen) {
  const { geography, words } = screen;
  return geography.areas[row.area_id] ? placeName(screen, row.area_id) : words.field(row, "area") || words.say("place.unknown");
}

/** @param {HTMLElement} node @param {any} row @param {number} now @param {import("../core/words.mjs").Words} words */
export function showClock(node, row, now, words) {
  const { side, text, urgency } = reading(row, now, words);
  const clock = find(node, ".task-sla");
  write(clock, `${side} ${text}`.trim());
  const chip = { overdue: "chip-overdue", due_soon: "chip-due-soon" }[urgency] ?? "chip-none";
  if (clock.className !== `task-sla ${chip}`) clock.className = `task-sla ${chip}`;
}

/** @param {HTMLElement} node @param {any} row @param {Screen} screen */
export function showDistance(node, row, screen) {
  const me = phone(screen).position.point;
  const known = me && row.lon !== null && row.lon !== undefined;
  write(find(node, ".row-away"), known ? distance(metresBetween(me, [row.lon, row.lat]), screen.words) : "");
}
