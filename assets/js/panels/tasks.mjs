/** The phone's list: what waits for this hand, then the area's cases by time left; the first is a card, the rest are rows. */

import { find, KeyedList, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";
import { byPressure } from "../core/sla.mjs";
import { receipt } from "../pocket/acting.mjs";
import { phone } from "../pocket/phone.mjs";
import { createHead, createTask, showClock, showDistance, updateHead, updateTask } from "../pocket/task_row.mjs";
import { Filter } from "./filter.mjs";

const PAGE = 20;
/** The queue holds no more than these. */
const MOST_LISTED = 500;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function tasks(panel, screen) {
  new Tasks(panel, screen).start();
}

class Tasks {
  /** @type {any[]} */
  rows = [];
  /** @type {any[]} those that wait for this hand */
  waiting = [];
  /** @type {Map<string, any>} */
  #shown = new Map();
  #most = PAGE;
  flash = new Flash();

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.phone = phone(screen);
    this.more = find(panel, ".task-more");
    this.filter = new Filter(panel, screen.words, () => this.#filtered());
    this.list = new KeyedList(find(panel, ".task-list"), (row) => (row.heads ? createHead() : createTask(screen, (id) => this.#shown.get(id))), (node, row) => (row.heads ? updateHead(node, row, screen) : updateTask(node, row, screen)));
  }

  start() {
    const { screen, panel, phone } = this;
    follow(panel, screen, "queue", (channel, change) => {
      this.asOf = channel.asOf;
      this.rows = [...channel.rows.values()].sort(byPressure);
      this.#count();
      this.#show(change.full ? null : new Set(change.set.map((row) => String(row.case_id))));
      if (!change.full) for (const row of change.set) this.flash.show(this.list.nodes.get(String(row.case_id)) ?? null);
    });
    follow(panel, screen, "waiting", (channel) => {
      this.waiting = [...channel.rows.values()].sort(byPressure);
      this.#mine();
    });
    phone.hand.addEventListener("change", () => this.#mine());
    this.more.addEventListener("click", () => {
      this.#most += PAGE;
      this.#show(null);
    });
    find(panel, ".task-clear").addEventListener("click", () => this.filter.clear());
    find(panel, ".task-wider").addEventListener("click", () => this.#widen());
    screen.clock.everySecond(() => this.#tick());
    screen.geography.load().then(() => this.#show(null));
    phone.position.addEventListener("change", () => this.#measure());
    screen.freshness.addEventListener("change", () => this.#away());
  }

  /** What waits for this hand stands first; that it came to its unit's phone is told. */
  #mine() {
    const { hand } = this.phone;
    for (const row of this.waiting) {
      if (row.state === "dispatched" && row.order_id && !row.delivered_at && hand.me.unit) receipt(this.screen, String(row.case_id), "delivered");
    }
    this.#show(null);
  }

  /** Each chip tells how many there are, also where the list holds only the most urgent. */
  #count() {
    this.filter.count(this.rows);
    const { areaRow, selection, words } = this.screen;
    const whole = this.rows.length >= MOST_LISTED && areaRow(selection.area);
    if (!whole) return;
    const counted = { all: whole.open, overdue: whole.overdue, due_soon: whole.due_soon };
    for (const [name, count] of Object.entries(counted)) write(find(this.panel, `[data-urgency-filter="${name}"] .value`), words.count(count));
  }

  #filtered() {
    this.#most = PAGE;
    this.screen.page.root.dispatchEvent(new CustomEvent("citybrain:mine", { detail: false }));
    this.#show(null);
  }

  /** @param {Set<string>|null} changed */
  #show(changed) {
    const { words } = this.screen;
    const first = this.waiting.filter((row) => this.filter.passes(row));
    const known = new Set(first.map((row) => row.case_id));
    const rest = this.rows.filter((row) => this.filter.passes(row) && !known.has(row.case_id));
    const passed = [...first, ...rest];
    const shown = passed.slice(0, this.#most);
    this.#shown = new Map(shown.map((row) => [String(row.case_id), row]));
    this.list.show(this.#headed(first.length), changed);
    this.more.hidden = passed.length <= shown.length;
    write(this.more, words.say("pocket.more", { count: Math.min(PAGE, passed.length - shown.length) }));
    if (this.asOf) this.#empty(passed.length === 0);
  }

  /** The rows with their heads, where some wait for this hand. @param {number} count @returns {[string, any][]} */
  #headed(count) {
    const rows = /** @type {[string, any][]} */ ([...this.#shown]);
    if (!count) return rows;
    const mine = rows.slice(0, count);
    const others = rows.slice(count);
    const head = (/** @type {string} */ heads, /** @type {number} */ many) => /** @type {[string, any]} */ ([`head ${heads}`, { heads, count: many }]);
    return [head("waits", count), ...mine, ...(others.length ? [head("others", others.length)] : []), ...others];
  }

  /** Say what is none, and the ways out. @param {boolean} none */
  #empty(none) {
    const { words, selection, geography } = this.screen;
    const empty = find(this.panel, ".task-empty");
    empty.hidden = !none;
    const time = words.time("minute", this.asOf);
    write(find(empty, ".task-empty-text"), words.say(this.filter.active ? "pocket.empty-chip" : "pocket.empty", { time }));
    find(empty, ".task-clear").hidden = !this.filter.active;
    const above = geography.path(selection.area).at(-2);
    const wider = find(empty, ".task-wider");
    wider.hidden = !above;
    write(wider, words.say("pocket.wider", { area: above ? words.field(geography.areas[above], "name") : "" }));
  }

  /** Opened without a network there is nothing to list, and that is said. */
  #away() {
    const { freshness, words } = this.screen;
    if (this.asOf || !freshness.stale) return;
    const empty = find(this.panel, ".task-empty");
    empty.hidden = false;
    for (const button of empty.querySelectorAll("button")) button.hidden = true;
    write(find(empty, ".task-empty-text"), words.say("pocket.offline"));
  }

  #widen() {
    const { selection, geography } = this.screen;
    const above = geography.path(selection.area).at(-2);
    if (above) selection.chooseArea(above);
  }

  #tick() {
    const { clock, words } = this.screen;
    const now = clock.now();
    for (const [key, node] of this.list.nodes) if (this.#shown.has(key)) showClock(node, this.#shown.get(key), now, words);
  }

  #measure() {
    for (const [key, node] of this.list.nodes) if (this.#shown.has(key)) showDistance(node, this.#shown.get(key), this.screen);
  }
}
