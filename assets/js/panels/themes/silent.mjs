/** Grids that fell silent against their own habit, the longest first. */

import { find, make, write } from "../../core/dom.mjs";
import { address, choose, chosenOf, gapsOf, hoursOf, silentOf } from "./force.mjs";
import { shortName } from "./names.mjs";
import { Rows } from "./rows.mjs";
import { showing } from "./showing.mjs";

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function silent(panel, screen) {
  const { words, clock } = screen;
  const parts = () => [make("span", { class: "row-mark mark mark-due-soon" }), ...["row-name", "row-place", "row-hours", "row-gaps"].map((name) => make("span", { class: name }))];
  const list = new Rows(find(panel, ".silent-list"), (node, row) => update(node, row, screen), { create: parts, choose });
  showing(panel, screen, address, "grid_force", (channel) => {
    const found = silentOf(channel.rows.values(), clock.now());
    list.show(found.map((row) => ({ ...row, key: row.area_id })), chosenOf(channel.rows.values(), screen));
    write(find(panel, ".silent-count"), words.say("grids.silent-count", { count: words.count(found.length) }));
    find(panel, ".silent-list").dataset.empty = found.length ? "" : words.say("grids.none-silent", { time: words.time("minute", channel.asOf) });
  }, { minutes: true });
}

/** @param {HTMLElement} node @param {any} row @param {import("../../core/follow.mjs").Screen} screen */
function update(node, row, screen) {
  const { words, clock, geography } = screen;
  write(find(node, ".row-name"), shortName(screen, row.area_id));
  write(find(node, ".row-place"), [row.street_id, geography.areas[row.area_id]?.parent].filter(Boolean).map((id) => shortName(screen, id)).join(" · "));
  const hours = hoursOf(row, clock.now());
  write(find(node, ".row-hours"), hours === null ? words.say("grids.never") : words.say("grids.hours", { hours: words.count(hours) }));
  write(find(node, ".row-gaps"), words.say("grids.gaps", { times: hours === null ? words.say("unknown") : words.decimal(gapsOf(row, clock.now())), own: words.count(Math.max(row.gap_hours ?? 0, 24)) }));
}
