/** Units with most overdue cases: on-time rate as a bar with the tick of its target. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { unitName } from "../wall/names.mjs";
import { roomOf } from "../wall/room.mjs";

const SHOWN = 4;
const LINE = 57;
/** A list on a wall is put in order anew at most this often. */
const PAUSE = 10_000;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function league(panel, screen) {
  const list = new KeyedList(find(panel, "[data-rows]"), create, (node, row) => update(node, row, screen));
  const order = new Order(screen.page.name === "wall" ? PAUSE : 0);
  /** @type {any} */
  let told = null;
  const show = () => {
    const rows = new Map([...told.rows].filter(([, row]) => row.overdue > 0));
    const worst = order.of(rows, show).slice(0, screen.page.name === "wall" ? roomOf(panel, LINE) : SHOWN);
    list.show(worst.map((row) => [String(row.unit_id), row]));
    panel.dataset.empty = worst.length ? "" : screen.words.say("league.empty", { time: screen.words.time("minute", told.asOf) });
    if (screen.page.name === "wall") fit(panel);
  };
  follow(panel, screen, "unit_overdue", (channel) => {
    told = channel;
    show();
  });
  screen.page.root.addEventListener("arranged", () => told && show());
  screen.stream.subscribe("headline", screen.selection.rootArea, ({ rows }) => aim(panel, rows.get("on_time_closure_rate")?.target ?? null));
}

/** The order of rows, kept for a while so that they do not move under the eye. */
class Order {
  /** @type {string[]} */
  #keys = [];
  #since = -Infinity;
  #timer = 0;

  /** @param {number} pause */
  constructor(pause) {
    this.pause = pause;
  }

  /** @param {Map<string, any>} rows @param {() => void} again called once the order may change */
  of(rows, again) {
    clearTimeout(this.#timer);
    const wait = this.pause - (performance.now() - this.#since);
    if (wait <= 0 || this.#keys.some((key) => !rows.has(key))) {
      this.#keys = [...rows.values()].sort(byOverdue).map((row) => String(row.unit_id));
      this.#since = performance.now();
    } else this.#timer = setTimeout(again, wait);
    return this.#keys.map((key) => rows.get(key));
  }
}

/** Full names first: without room for them the bars give way, then names take two lines. @param {HTMLElement} panel */
function fit(panel) {
  const cut = () => [...panel.querySelectorAll(".unit-name")].some((name) => name.scrollWidth > name.clientWidth + 1);
  mark(panel, "names", null);
  if (cut()) mark(panel, "names", "long");
  if (cut()) mark(panel, "names", "longest");
}

/** Where the target stands on every bar. @param {HTMLElement} panel @param {number|null} target percent */
function aim(panel, target) {
  panel.style.setProperty("--target", String(target ?? 0));
  mark(panel, "target", target === null ? null : String(target));
}

/** @param {any} a @param {any} b */
function byOverdue(a, b) {
  return b.overdue - a.overdue || String(a.unit_id).localeCompare(String(b.unit_id));
}

function create() {
  const bar = make("span", { class: "bar" }, make("span", { class: "bar-fill" }), make("span", { class: "bar-target" }));
  return make(
    "li",
    { class: "unit-row" },
    make("span", { class: "unit-name" }),
    bar,
    make("span", { class: "value" }),
    make("span", { class: "chip-overdue" }),
  );
}

/** @param {HTMLElement} node @param {any} row @param {import("../core/follow.mjs").Screen} screen */
function update(node, row, screen) {
  const { words } = screen;
  const known = row.on_time_rate !== null && row.on_time_rate !== undefined;
  write(find(node, ".unit-name"), unitName(screen, words.field(row, "name")) || String(row.unit_id));
  write(find(node, ".value"), known ? `${words.decimal(row.on_time_rate)}%` : words.say("unknown"));
  write(find(node, ".chip-overdue"), words.count(row.overdue));
  find(node, ".bar-fill").style.transform = `scaleX(${known ? row.on_time_rate / 100 : 0})`;
}
