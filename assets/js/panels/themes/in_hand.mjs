/** The open cases of one place, most pressing first, each with its clock; a case opens at the desk. */

import { find, KeyedList, make, mark, write } from "../../core/dom.mjs";
import { byPressure, reading, titleOf } from "../../core/sla.mjs";
import { address } from "../../core/page.mjs";

const MOST = 4;
/** @type {WeakMap<HTMLElement, KeyedList>} */
const lists = new WeakMap();

/** @param {HTMLElement} part @param {import("../../core/channel.mjs").Channel|null} channel @param {import("../../core/follow.mjs").Screen} screen */
export function inHand(part, channel, screen) {
  const { words } = screen;
  const rows = channel ? [...channel.rows.values()].sort(byPressure) : [];
  const list = lists.get(part) ?? begin(part, screen);
  list.show(rows.slice(0, MOST).map((row) => [row.case_id, row]));
  write(find(part, ".hand-count"), channel ? words.say("themes.cases", { count: words.count(rows.length) }) : "");
  const empty = find(part, ".hand-empty");
  empty.hidden = !channel || rows.length > 0;
  write(empty, words.say("themes.no-cases", { time: words.time("minute", channel?.asOf ?? null) }));
}

/** @param {HTMLElement} part @param {import("../../core/follow.mjs").Screen} screen */
function begin(part, screen) {
  const parts = () => ["hand-mark", "hand-title", "hand-kind", "hand-clock"].map((name) => make("span", { class: name }));
  const create = () => make("li", {}, make("a", { class: "hand-row" }, ...parts()));
  const list = new KeyedList(find(part, ".hand-rows"), create, (node, row) => {
    const link = /** @type {HTMLAnchorElement} */ (find(node, "a"));
    /** @type {any} */ (node).row = row;
    const url = new URL(address("desk"));
    for (const [name, value] of Object.entries({ lang: screen.page.language, area: row.area_id, case: row.case_id })) url.searchParams.set(name, value);
    link.href = url.href;
    find(node, ".hand-mark").className = `hand-mark mark mark-${row.urgency.replace("_", "-")}`;
    write(find(node, ".hand-title"), titleOf(row, screen.words));
    write(find(node, ".hand-kind"), screen.words.name("status", row.state));
    tick(node, row, screen);
  });
  lists.set(part, list);
  screen.clock.everySecond(() => {
    for (const node of list.nodes.values()) tick(node, /** @type {any} */ (node).row, screen);
  });
  return list;
}

/** @param {HTMLElement} node @param {any} row @param {import("../../core/follow.mjs").Screen} screen */
function tick(node, row, { clock, words }) {
  const { side, text } = reading(row, clock.now(), words);
  const told = find(node, ".hand-clock");
  write(told, `${side} ${text}`.trim());
  mark(told, "urgency", row.urgency);
}
