/** The phone's list: the area's cases by time left; the first is a card, the rest are rows. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";
import { byPressure, reading, titleOf } from "../core/sla.mjs";
import { Filter } from "./filter.mjs";

const PAGE = 20;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function tasks(panel, screen) {
  new Tasks(panel, screen).start();
}

class Tasks {
  /** @type {any[]} */
  rows = [];
  /** @type {Map<string, any>} */
  #shown = new Map();
  #most = PAGE;
  flash = new Flash();

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.more = find(panel, ".task-more");
    this.filter = new Filter(panel, screen.words, () => this.#show(null));
    this.list = new KeyedList(find(panel, ".task-list"), () => create(screen), (node, row) => update(node, row, screen));
  }

  start() {
    follow(this.panel, this.screen, "queue", (channel, change) => {
      this.asOf = channel.asOf;
      this.rows = [...channel.rows.values()].sort(byPressure);
      this.filter.count(this.rows);
      this.#show(change.full ? null : new Set(change.set.map((row) => String(row.case_id))));
      if (!change.full) for (const row of change.set) this.flash.show(this.list.nodes.get(String(row.case_id)) ?? null);
    });
    this.more.addEventListener("click", () => {
      this.#most += PAGE;
      this.#show(null);
    });
    this.screen.clock.everySecond(() => this.#tick());
  }

  /** @param {Set<string>|null} changed */
  #show(changed) {
    const { words } = this.screen;
    const passed = this.rows.filter((row) => this.filter.passes(row));
    const shown = passed.slice(0, this.#most);
    this.#shown = new Map(shown.map((row) => [String(row.case_id), row]));
    this.list.show([...this.#shown], changed);
    this.more.hidden = passed.length <= shown.length;
    write(this.more, words.say("pocket.more", { count: Math.min(PAGE, passed.length - shown.length) }));
    const empty = find(this.panel, ".task-empty");
    empty.hidden = passed.length > 0;
    write(empty, words.say("pocket.empty", { time: words.time("minute", this.asOf) }));
  }

  #tick() {
    const { clock, words } = this.screen;
    const now = clock.now();
    for (const [key, node] of this.list.nodes) if (this.#shown.has(key)) showClock(node, this.#shown.get(key), now, words);
  }
}

/** @param {import("../core/follow.mjs").Screen} screen */
function create(screen) {
  const parts = ["task-sla", "row-title", "row-place", "row-due"];
  const button = make("button", { type: "button", class: "task" }, ...parts.map((name) => make("span", { class: name })));
  button.addEventListener("click", () => screen.selection.chooseCase(button.dataset.case ?? null));
  return make("li", {}, button);
}

/** @param {HTMLElement} node @param {any} row @param {import("../core/follow.mjs").Screen} screen */
function update(node, row, { words, clock }) {
  const button = find(node, ".task");
  mark(button, "case", String(row.case_id));
  mark(button, "urgency", row.urgency ?? "open");
  write(find(node, ".row-title"), titleOf(row, words));
  write(find(node, ".row-place"), [words.field(row, "area") || words.say("place.unknown"), words.name("status", row.state)].join(" · "));
  write(find(node, ".row-due"), row.due_at ? words.say("pocket.due", { time: words.when(row.due_at, clock.now()) }) : "");
  showClock(node, row, clock.now(), words);
}

/** @param {HTMLElement} node @param {any} row @param {number} now @param {import("../core/words.mjs").Words} words */
function showClock(node, row, now, words) {
  const { side, text, urgency } = reading(row, now, words);
  const clock = find(node, ".task-sla");
  write(clock, `${side} ${text}`.trim());
  const chip = { overdue: "chip-overdue", due_soon: "chip-due-soon" }[urgency] ?? "chip-none";
  if (clock.className !== `task-sla ${chip}`) clock.className = `task-sla ${chip}`;
}
