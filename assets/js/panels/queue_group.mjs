/** One urgency of the queue: a head with its count, the most pressing rows, and a fold for the rest. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { reading, titleOf } from "../core/sla.mjs";

const FOLDED = { overdue: 5, due_soon: 5, open: 5 };

export class Group {
  /** @type {Map<string, any>} */
  #shown = new Map();
  #open = false;

  /**
   * @param {string} urgency @param {HTMLElement} list @param {import("../core/follow.mjs").Screen} screen
   * @param {() => void} refold called when the fold opens or closes
   */
  constructor(urgency, list, screen, refold) {
    this.urgency = urgency;
    this.screen = screen;
    const { words } = screen;
    this.fold = make("button", { type: "button", class: "fold" });
    this.count = make("span", { class: "value" });
    const name = words.say(urgency === "open" ? "urgency.in_time" : `urgency.${urgency}`);
    const glyph = make("span", { class: `mark mark-${urgency.replace("_", "-")}` });
    const head = make("h3", { class: "group-head" }, glyph, make("span", {}, name), this.count, this.fold);
    const rows = make("ol", { class: "group-rows" });
    this.element = make("section", { class: "group", "data-urgency": urgency }, head, rows);
    this.rows = new KeyedList(rows, () => createRow(screen), (node, row) => updateRow(node, row, screen));
    this.fold.addEventListener("click", () => {
      this.#open = !this.#open;
      refold();
    });
    list.append(this.element);
  }

  /** @param {any[]} rows in order @param {Set<string>|null} changed */
  show(rows, changed) {
    const { words } = this.screen;
    const most = FOLDED[this.urgency];
    const shown = this.#open ? rows : rows.slice(0, most);
    this.#shown = new Map(shown.map((row) => [String(row.case_id), row]));
    this.rows.show([...this.#shown], changed);
    this.element.hidden = rows.length === 0;
    write(this.count, words.count(rows.length));
    this.fold.hidden = rows.length <= most;
    this.fold.setAttribute("aria-expanded", String(this.#open));
    write(this.fold, this.#open ? `${words.say("desk.fewer")} ▴` : `${words.say("desk.more", { count: rows.length - most })} ▾`);
  }

  /** Move the clocks on. */
  tick() {
    const now = this.screen.clock.now();
    for (const [key, node] of this.rows.nodes) {
      const row = this.#shown.get(key);
      if (row) showClock(node, row, now, this.screen.words);
    }
  }
}

/** @param {import("../core/follow.mjs").Screen} screen */
function createRow(screen) {
  const part = (/** @type {string} */ name, /** @type {Node[]} */ ...inside) => make("span", { class: name }, ...inside);
  const first = part("row-line", part("row-title"), part("row-state"));
  const second = part("row-line", part("row-place"), part("row-unit"));
  const button = make("button", { type: "button", class: "case-row" }, part("sla"), first, part("sla-bar"), second);
  find(button, ".sla").append(make("span", { class: "sla-side" }), make("span", { class: "sla-text" }));
  find(button, ".sla-bar").append(make("span", { class: "sla-used" }));
  button.addEventListener("click", () => screen.selection.chooseCase(button.dataset.case ?? null));
  return make("li", {}, button);
}

/** @param {HTMLElement} node @param {any} row @param {import("../core/follow.mjs").Screen} screen */
function updateRow(node, row, { words, clock }) {
  const button = find(node, ".case-row");
  mark(button, "case", String(row.case_id));
  mark(button, "urgency", row.urgency ?? "open");
  write(find(node, ".row-title"), titleOf(row, words));
  write(find(node, ".row-state"), words.name("status", row.state));
  write(find(node, ".row-place"), words.field(row, "area") || words.say("place.unknown"));
  write(find(node, ".row-unit"), words.field(row, "unit"));
  showClock(node, row, clock.now(), words);
}

/** @param {HTMLElement} node @param {any} row @param {number} now @param {import("../core/words.mjs").Words} words */
function showClock(node, row, now, words) {
  const { side, text, share } = reading(row, now, words);
  write(find(node, ".sla-side"), side);
  write(find(node, ".sla-text"), text);
  const used = find(node, ".sla-used");
  const width = share === null ? "0%" : `${Math.round(share * 100)}%`;
  if (used.style.width !== width) used.style.width = width;
}
