/** Units with most overdue cases: on-time rate as a bar with its target tick. */

import { find, KeyedList, make, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";

const SHOWN = 4;
const TARGET = 95;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function league(panel, screen) {
  const { words } = screen;
  const list = new KeyedList(find(panel, "[data-rows]"), create, (node, row) => update(node, row, words));
  follow(panel, screen, "unit_overdue", (channel) => {
    const worst = [...channel.rows.values()].filter((row) => row.overdue > 0).sort(byOverdue).slice(0, SHOWN);
    list.show(worst.map((row) => [String(row.unit_id), row]));
    panel.dataset.empty = worst.length ? "" : words.say("league.empty", { time: words.time("minute", channel.asOf) });
  });
}

/** @param {any} a @param {any} b */
function byOverdue(a, b) {
  return b.overdue - a.overdue || String(a.unit_id).localeCompare(String(b.unit_id));
}

function create() {
  const bar = make("span", { class: "bar" }, make("span", { class: "bar-fill" }), make("span", { class: "bar-target" }));
  find(bar, ".bar-target").style.left = `${TARGET}%`;
  return make(
    "li",
    { class: "unit-row" },
    make("span", { class: "unit-name" }),
    bar,
    make("span", { class: "value" }),
    make("span", { class: "chip-overdue" }),
  );
}

/** @param {HTMLElement} node @param {any} row @param {import("../core/words.mjs").Words} words */
function update(node, row, words) {
  const known = row.on_time_rate !== null && row.on_time_rate !== undefined;
  write(find(node, ".unit-name"), words.field(row, "name") || String(row.unit_id));
  write(find(node, ".value"), known ? `${words.decimal(row.on_time_rate)}%` : words.say("unknown"));
  write(find(node, ".chip-overdue"), words.count(row.overdue));
  find(node, ".bar-fill").style.transform = `scaleX(${known ? row.on_time_rate / 100 : 0})`;
}
