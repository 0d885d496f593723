/** The newest events, newest first: a new line replaces, older ones move down once; nothing scrolls. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";
import { caseName, shorten } from "../wall/names.mjs";
import { roomOf } from "../wall/room.mjs";

const SHOWN = 3;
const LINE = 54;
/** Kinds that ask for an act; every other kind stays grey, whatever the case's clock says. */
const ALARMS = { "case-overdue": "overdue", "case-urged": "due_soon", "case-returned": "due_soon", "check-failed": "due_soon" };

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function ticker(panel, screen) {
  const { words } = screen;
  const flash = new Flash();
  const list = new KeyedList(find(panel, "[data-rows]"), create, (node, row) => update(node, row, screen));
  /** @type {any} */
  let told = null;
  const show = (/** @type {any} */ channel, /** @type {any} */ change) => {
    told = channel;
    const newest = [...channel.rows.values()].sort(byMoment).slice(0, room(panel, screen));
    const known = new Set(list.nodes.keys());
    list.show(newest.map((row) => [String(row.event_id), row]));
    panel.dataset.empty = newest.length ? "" : words.say("ticker.empty", { time: words.time("minute", channel.asOf) });
    for (const [key, node] of list.nodes) if (!change.full && !known.has(key)) flash.show(node);
  };
  follow(panel, screen, "ticker", show);
  screen.page.root.addEventListener("arranged", () => told && show(told, { full: true }));
}

/** How many of them are shown: on a wall as many as find room. @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
function room(panel, { page }) {
  if (page.name !== "wall") return SHOWN;
  const look = /** @type {HTMLElement|null} */ (panel.closest("[data-look]"))?.dataset.look;
  return look === "one" ? 1 : Math.min(6, roomOf(panel, LINE));
}

/** @param {any} a @param {any} b */
function byMoment(a, b) {
  return Date.parse(b.happened_at) - Date.parse(a.happened_at) || String(b.event_id).localeCompare(String(a.event_id));
}

function create() {
  const parts = ["event-time", "event-kind", "event-title", "event-place"];
  return make("li", { class: "event" }, ...parts.map((name) => make("span", { class: name })));
}

/** @param {HTMLElement} node @param {any} row @param {import("../core/follow.mjs").Screen} screen */
function update(node, row, screen) {
  const { words } = screen;
  mark(node, "alarm", ALARMS[row.kind] ?? null);
  write(find(node, ".event-time"), words.time("minute", row.happened_at));
  write(find(node, ".event-kind"), words.name("event", row.kind));
  write(find(node, ".event-title"), caseName(screen, row));
  write(find(node, ".event-place"), shorten(screen, words.field(row, "area")));
}
