/** The queue of open cases: the numbers of the whole area, the most urgent rows, and no row that moves under the hand. */

import { commandsOf } from "../command/command.mjs";
import { find, mark, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";
import { address } from "../core/page.mjs";
import { byPressure } from "../core/sla.mjs";
import { active } from "./active.mjs";
import { Counts, counted } from "./counts.mjs";
import { showEmpty } from "./empty.mjs";
import { filterOf } from "./filter.mjs";
import { Group } from "./group.mjs";
import { mineOf } from "./mine.mjs";
import { updateRow } from "./row.mjs";
import { Windowed } from "./windowed.mjs";

export const URGENCIES = ["overdue", "due_soon", "open"];
/** The stream brings so many rows; where there are more, the server is asked for the others. */
const CAP = 500;
const [ROW, HEAD, FIRST] = [57, 30, 20];
const SHARE = { overdue: 4, due_soon: 3, open: 3 };
const [SETTLE, CALM] = [200, 3000];

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function queue(panel, screen) {
  new Queue(panel, screen).start();
}

export class Queue {
  /** @type {any[]} */
  rows = [];
  /** @type {Record<string, {rows: any[], total: number}>} */
  found = {};
  /** @type {any[]} */
  kinds = [];
  flash = new Flash();
  #asked = 0;
  #timer = 0;
  #moved = false;
  #refreshed = 0;
  #leave = () => {};

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.list = find(panel, ".queue-list");
    this.moved = find(panel, ".queue-moved");
    this.filter = filterOf(screen);
    this.counts = new Counts(panel, screen);
    this.groups = URGENCIES.map((urgency) => new Group(urgency, this.list, screen, (group) => this.#turn(group)));
  }

  start() {
    const { panel, screen, list } = this;
    const { selection, clock } = screen;
    active(find(panel, ".queue-active"), screen);
    follow(panel, screen, "queue", (channel, change) => this.#take(channel, change));
    this.filter.addEventListener("change", () => this.#filtered());
    mineOf(screen).addEventListener("change", () => this.filter.wanted.mine && this.#find(SETTLE));
    selection.addEventListener("area", () => this.#entered());
    selection.addEventListener("case", () => this.#chosen());
    commandsOf(screen).addEventListener("pending", (event) => this.#waits(String(/** @type {CustomEvent} */ (event).detail)));
    clock.everySecond(() => this.groups.forEach((group) => group.tick()));
    for (const gone of ["pointerleave", "focusout"]) list.addEventListener(gone, () => setTimeout(() => this.#released(), 0));
    this.moved.addEventListener("click", () => this.show(true));
    panel.addEventListener("step", (event) => this.#step(/** @type {CustomEvent} */ (event).detail));
    new ResizeObserver(() => this.rows.length && this.show(false)).observe(list);
    screen.geography.load().then(() => {
      this.#head();
      if (this.asOf !== undefined) this.show(false);
    });
  }

  /** Whether every open case is here. */
  get complete() {
    return this.rows.length < CAP;
  }

  /** The rows to filter: of all, or of those that wait for this hand, which may be over. */
  get #pool() {
    return this.filter.wanted.mine ? mineOf(this.screen).rows : this.rows;
  }

  /** Whether all that the filter lets through is here. */
  get #here() {
    return this.complete || Boolean(this.filter.wanted.mine);
  }

  /** @param {import("../core/channel.mjs").Channel} channel @param {import("../core/channel.mjs").Change} change */
  #take(channel, change) {
    this.asOf = channel.asOf;
    this.rows = [...channel.rows.values()];
    this.#count();
    this.#find(change.full ? 0 : SETTLE);
    for (const id of [...change.drop, ...change.set.map((row) => row.case_id)]) commandsOf(this.screen).touched(String(id));
    if (change.full) return;
    for (const row of change.set) this.flash.show(this.#node(String(row.case_id)));
  }

  /** Beyond what the stream brings, the numbers come as a view of their own. */
  #count() {
    if (this.complete) {
      this.#leave();
      this.#leave = () => {};
      this.kinds = counted(this.rows);
    } else if (!this.kinds.length || this.kinds[0].kind === undefined) {
      this.#leave();
      this.#leave = this.screen.stream.subscribe("queue_counts", this.screen.selection.area, (channel) => {
        this.kinds = [...channel.rows.values()];
        this.#head();
        if (!this.filter.active) this.#find(SETTLE);
      });
    }
    this.#head();
  }

  #entered() {
    this.kinds = [];
    this.#leave();
    this.#leave = () => {};
    this.groups.forEach((group) => this.#fold(group));
    this.#head();
  }

  #filtered() {
    for (const group of this.groups) this.#fold(group);
    this.#find(0, true);
  }

  /** Know what the filter lets through: here, or from the server. @param {number} wait @param {boolean} [force] */
  #find(wait, force = false) {
    clearTimeout(this.#timer);
    if (this.#here || !this.filter.active) {
      const passed = this.#pool.filter((row) => this.filter.passes(row)).sort(byPressure);
      for (const urgency of URGENCIES) {
        const rows = passed.filter((row) => (row.urgency ?? "open") === urgency);
        const known = this.kinds.filter((kind) => kind.urgency === urgency).reduce((sum, { cases }) => sum + cases, 0);
        this.found[urgency] = { rows, total: this.#here ? rows.length : Math.max(known, rows.length) };
      }
      this.show(force);
    } else this.#timer = setTimeout(() => this.#ask(force), wait || SETTLE);
  }

  /** @param {boolean} force */
  async #ask(force) {
    this.#asked += 1;
    const question = this.#asked;
    const wanted = this.filter.wanted.urgency;
    const answers = await Promise.all(URGENCIES.map((urgency) => (wanted === "all" || wanted === urgency ? this.#page(urgency, 0, FIRST) : { rows: [], total: 0 })));
    if (question !== this.#asked) return;
    URGENCIES.forEach((urgency, at) => (this.found[urgency] = answers[at]));
    this.show(force);
  }

  /** @param {string} urgency @param {number} skip @param {number} count @returns {Promise<{rows: any[], total: number}>} */
  async #page(urgency, skip, count) {
    if (this.#here) {
      const { rows, total } = this.found[urgency];
      return { rows: rows.slice(skip, skip + count), total };
    }
    const answer = await fetch(address(`api/queue?${this.filter.query(urgency)}&offset=${skip}&limit=${count}`));
    if (!answer.ok) throw new Error(String(answer.status));
    const { rows, totals } = await answer.json();
    return { rows, total: totals[urgency] ?? 0 };
  }

  /** Show what was found; under the hand nothing is put in another order. @param {boolean} force */
  show(force) {
    const still = !force && this.#held();
    const opened = this.groups.find(({ open }) => open);
    const most = this.#room();
    this.#moved = still && this.#moved;
    for (const group of this.groups) {
      const { rows, total } = this.found[group.urgency] ?? { rows: [], total: 0 };
      const shown = still && !group.open ? this.#keep(group, rows) : rows;
      group.show(shown, total, opened ? 0 : most[group.urgency]);
    }
    if (opened) this.#renew(opened, still);
    this.moved.hidden = !this.#moved;
    write(this.moved, this.screen.words.say("desk.moved"));
    mark(this.panel, "unfolded", opened ? "true" : null);
    if (this.asOf !== undefined) showEmpty(this);
    this.#chosen();
  }

  /** The rows that are shown, with what is known of them now. @param {Group} group @param {any[]} rows */
  #keep(group, rows) {
    const known = new Map(this.#pool.map((row) => [String(row.case_id), row]));
    const kept = [...group.shown].map(([id, row]) => known.get(id) ?? row);
    const first = rows.slice(0, kept.length);
    if (kept.length !== first.length || kept.some((row, at) => row.case_id !== first[at].case_id)) this.#moved = true;
    return kept.length ? [...kept, ...rows.filter((row) => !group.shown.has(String(row.case_id)))] : rows;
  }

  /** @param {Group} group @param {boolean} still */
  #renew(group, still) {
    if (still) this.#moved = true;
    const now = performance.now();
    if (still || now - this.#refreshed < CALM) return;
    this.#refreshed = now;
    group.grid?.refresh();
  }

  /** How many rows each group shows while all are folded: as many as there is room for. */
  #room() {
    const total = (/** @type {string} */ urgency) => this.found[urgency]?.total ?? 0;
    const shown = URGENCIES.filter((urgency) => total(urgency) > 0);
    const most = Object.fromEntries(URGENCIES.map((urgency) => [urgency, Math.min(SHARE[urgency], total(urgency))]));
    let left = Math.floor((this.list.clientHeight - HEAD * shown.length) / ROW) - shown.reduce((sum, urgency) => sum + most[urgency], 0);
    while (left < 0 && shown.some((urgency) => most[urgency] > 1)) {
      most[[...shown].reverse().find((urgency) => most[urgency] > 1) ?? "open"] -= 1;
      left += 1;
    }
    for (const urgency of shown) {
      const more = Math.max(0, Math.min(left, total(urgency) - most[urgency]));
      most[urgency] += more;
      left -= more;
    }
    return most;
  }

  /** @param {Group} group */
  #turn(group) {
    if (group.open) this.#fold(group);
    else {
      for (const other of this.groups) this.#fold(other);
      group.open = true;
      group.grid = new Windowed(group.window, this.screen, (skip, count) => this.#page(group.urgency, skip, count));
      group.window.hidden = false;
      group.grid.open();
    }
    this.show(true);
  }

  /** @param {Group} group */
  #fold(group) {
    group.open = false;
    group.grid?.close();
    group.grid = null;
  }

  #held() {
    return this.list.matches(":hover") || this.list.contains(document.activeElement);
  }

  #released() {
    if (this.#moved && !this.#held()) this.show(true);
  }

  #head() {
    const { words, selection, geography, page } = this.screen;
    const all = this.counts.show(this.kinds);
    const area = geography.areas[selection.area];
    write(find(this.panel, ".queue-count"), this.asOf === undefined ? "" : words.count(all));
    write(find(this.panel, ".queue-where"), words.say("desk.open-in", { area: area ? words.field(area, "name") : page.cityName }));
  }

  #chosen() {
    const { case: id } = this.screen.selection;
    for (const before of /** @type {Iterable<HTMLElement>} */ (this.list.querySelectorAll(".case-row[data-chosen]"))) {
      if (before.dataset.case !== id) mark(before, "chosen", null);
    }
    const node = id ? this.#node(id) : null;
    if (node) mark(node, "chosen", "true");
  }

  /** Go to the next row, or the one before. @param {1|-1} step */
  async #step(step) {
    const open = this.groups.find((group) => group.open);
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const here = focused.matches(".case-row") ? (focused.dataset.case ?? null) : this.screen.selection.case;
    if (open?.grid) return (await open.grid.step(here, step))?.focus();
    const rows = /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll(".group:not([hidden]) .case-row")]);
    const at = rows.findIndex((row) => row.dataset.case === here);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  /** A command about a case was given, settled or taken back. @param {string} id */
  #waits(id) {
    const node = this.#node(id);
    const row = this.rows.find((one) => String(one.case_id) === id);
    if (node && row) updateRow(node, row, this.screen);
  }

  /** @param {string} id @returns {HTMLElement|null} */
  #node(id) {
    return this.groups.map((group) => group.node(id)).find(Boolean) ?? null;
  }
}
