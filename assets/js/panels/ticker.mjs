/** The newest events, newest first: a new line replaces, older ones move down once; nothing scrolls. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";

const SHOWN = 3;
/** Kinds that ask for an act; every other kind stays grey, whatever the case's clock says. */
const ALARMS = { "case-overdue": "overdue", "case-urged": "due_soon", "case-returned": "due_soon", "check-failed": "due_soon" };

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function ticker(panel, screen) {
  const { words } = screen;
  const flash = new Flash();
  const list = new KeyedList(find(panel, "[data-rows]"), create, (node, row) => update(node, row, words));
  follow(panel, screen, "ticker", (channel, change) => {
    const newest = [...channel.rows.values()].sort(byMoment).slice(0, SHOWN);
    const known = new Set(list.nodes.keys());
    list.show(newest.map((row) => [String(row.event_id), row]));
    panel.dataset.empty = newest.length ? "" : words.say("ticker.empty", { time: words.time("minute", channel.asOf) });
    for (const [key, node] of list.nodes) if (!change.full && !known.has(key)) flash.show(node);
  });
}

/** @param {any} a @param {any} b */
function byMoment(a, b) {
  return Date.parse(b.happened_at) - Date.parse(a.happened_at) || String(b.event_id).localeCompare(String(a.event_id));
}

function create() {
  const parts = ["event-time", "event-kind", "event-title", "event-place"];
  return make("li", { class: "event" }, ...parts.map((name) => make("span", { class: name })));
}

/** @param {HTMLElement} node @param {any} row @param {import("../core/words.mjs").Words} words */
function update(node, row, words) {
  mark(node, "alarm", ALARMS[row.kind] ?? null);
  write(find(node, ".event-time"), words.time("minute", row.happened_at));
  write(find(node, ".event-kind"), words.name("event", row.kind));
  const title = row.title || words.field(row, "category") || words.say("case.no-title");
  const place = words.field(row, "area");
  write(find(node, ".event-title"), title);
  write(find(node, ".event-place"), title.includes(place) ? "" : place);
}
