/** The queue of open cases: filtered, grouped by urgency, sorted by time left, each group folded to its most pressing. */

import { find, mark, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";
import { byPressure } from "../core/sla.mjs";
import { Filter } from "./filter.mjs";
import { Group } from "./queue_group.mjs";

export const URGENCIES = ["overdue", "due_soon", "open"];
const CAP = 500;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function queue(panel, screen) {
  new Queue(panel, screen).start();
}

class Queue {
  /** @type {any[]} */
  rows = [];
  flash = new Flash();

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.list = find(panel, ".queue-list");
    this.filter = new Filter(panel, screen.words, () => this.#show(null));
    this.groups = URGENCIES.map((urgency) => new Group(urgency, this.list, screen, () => this.#show(null)));
  }

  start() {
    const { selection, clock } = this.screen;
    follow(this.panel, this.screen, "queue", (channel, change) => this.#take(channel, change));
    selection.addEventListener("area", () => this.#head());
    selection.addEventListener("case", () => this.#chosen());
    clock.everySecond(() => this.groups.forEach((group) => group.tick()));
    find(this.panel, ".queue-clear").addEventListener("click", () => this.filter.clear());
    find(this.panel, ".queue-wider").addEventListener("click", () => this.#widen());
    this.screen.geography.load().then(() => this.#head());
    this.#chosen();
  }

  /** @param {import("../core/channel.mjs").Channel} channel @param {import("../core/channel.mjs").Change} change */
  #take(channel, change) {
    this.asOf = channel.asOf;
    this.rows = [...channel.rows.values()];
    const changed = change.full ? null : new Set(change.set.map((row) => String(row.case_id)));
    this.filter.count(this.rows);
    this.#show(changed);
    if (changed) for (const id of changed) this.flash.show(this.#node(id));
    this.#head();
  }

  /** Show what the filter lets through. @param {Set<string>|null} changed */
  #show(changed) {
    const held = this.#held();
    const before = held?.getBoundingClientRect().top ?? 0;
    const passed = this.rows.filter((row) => this.filter.passes(row));
    for (const group of this.groups) {
      group.show(passed.filter((row) => (row.urgency ?? "open") === group.urgency).sort(byPressure), changed);
    }
    if (held?.isConnected) this.list.scrollTop += held.getBoundingClientRect().top - before;
    this.#empty(passed.length);
    this.#chosen();
  }

  /** The row under the pointer or the focus: it must not move away. @returns {HTMLElement|null} */
  #held() {
    return this.list.querySelector(".case-row:hover, .case-row:focus");
  }

  /** @param {number} shown */
  #empty(shown) {
    const { words } = this.screen;
    const empty = find(this.panel, ".queue-empty");
    empty.hidden = shown > 0 || this.asOf === undefined;
    const time = words.time("minute", this.asOf);
    const narrowed = this.filter.active;
    const text = narrowed ? words.say("desk.empty", { time }) : words.say("desk.empty-area", { area: this.#areaName(), time });
    write(find(empty, ".queue-empty-text"), text);
    find(empty, ".queue-clear").hidden = !narrowed;
    const above = this.#above();
    const wider = find(empty, ".queue-wider");
    wider.hidden = !above;
    if (above) write(wider, words.say("desk.wider", { area: words.field(this.screen.geography.areas[above], "name") }));
  }

  #head() {
    const { words, selection } = this.screen;
    const known = this.screen.areaRow(selection.area)?.open;
    const count = this.rows.length < CAP ? this.rows.length : (known ?? this.rows.length);
    write(find(this.panel, ".queue-count"), this.asOf === undefined ? "" : words.count(count));
    const capped = this.rows.length >= CAP ? ` · ${words.say("desk.capped", { count: CAP })}` : "";
    write(find(this.panel, ".queue-where"), words.say("desk.open-in", { area: this.#areaName() }) + capped);
  }

  #areaName() {
    const { geography, selection, words, page } = this.screen;
    const area = geography.areas[selection.area];
    return area ? words.field(area, "name") : page.cityName;
  }

  #above() {
    const { geography, selection } = this.screen;
    return selection.area === selection.rootArea ? null : (geography.path(selection.area).at(-2) ?? null);
  }

  #widen() {
    const above = this.#above();
    if (above) this.screen.selection.chooseArea(above);
  }

  #chosen() {
    const { case: id } = this.screen.selection;
    const before = /** @type {HTMLElement|null} */ (this.list.querySelector(".case-row[data-chosen]"));
    if (before && before.dataset.case !== id) mark(before, "chosen", null);
    const node = id ? this.#node(id) : null;
    if (node) mark(node, "chosen", "true");
  }

  /** @param {string} id @returns {HTMLElement|null} */
  #node(id) {
    const item = this.groups.map((group) => group.rows.nodes.get(id)).find(Boolean);
    return item ? find(item, ".case-row") : null;
  }
}
