/** The last draws of closed cases for a second look: by which seed, how many, what was found. */

import { find, KeyedList, make, write } from "../../core/dom.mjs";
import { follow } from "../../core/follow.mjs";

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function effectDraws(panel, screen) {
  const { words, clock } = screen;
  const list = new KeyedList(find(panel, ".draw-rows"), create, (node, row) => {
    write(find(node, ".draw-when"), words.when(row.drawn_at, clock.now()));
    write(find(node, ".draw-seed"), words.say("effect.draw-seed", { seed: row.seed ?? words.say("unknown") }));
    const told = [words.say("effect.draw-count", { drawn: words.count(row.drawn), passed: words.count(row.passed) })];
    if (row.failed) told.push(words.say("effect.draw-failed", { failed: words.count(row.failed) }));
    if (row.waiting) told.push(words.say("effect.draw-waiting", { waiting: words.count(row.waiting) }));
    write(find(node, ".draw-count"), told.join(" · "));
  });
  follow(panel, screen, "effect_draws", (channel) => {
    const rows = [...channel.rows.values()].sort((a, b) => (a.drawn_at < b.drawn_at ? 1 : -1));
    list.show(rows.map((row) => [row.draw_id, row]));
    find(panel, ".draw-rows").dataset.empty = rows.length ? "" : words.say("effect.no-draws", { time: words.time("minute", channel.asOf) });
  });
}

function create() {
  return make("li", { class: "draw-row" }, ...["draw-when", "draw-seed", "draw-count"].map((name) => make("span", { class: name })));
}
