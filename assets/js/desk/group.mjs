/** One urgency of the queue: a head with its count, the most pressing rows, and a fold for the rest. */

import { KeyedList, make, write } from "../core/dom.mjs";
import { createRow, showClock, updateRow } from "./row.mjs";

export class Group {
  /** @type {Map<string, any>} */
  shown = new Map();
  /** @type {import("./windowed.mjs").Windowed|null} */
  grid = null;
  open = false;

  /**
   * @param {string} urgency @param {HTMLElement} list @param {import("../core/follow.mjs").Screen} screen
   * @param {(group: Group) => void} turn called when the fold is to open or close
   */
  constructor(urgency, list, screen, turn) {
    this.urgency = urgency;
    this.screen = screen;
    const { words } = screen;
    this.fold = make("button", { type: "button", class: "fold" });
    this.count = make("span", { class: "value" });
    const name = words.say(urgency === "open" ? "urgency.in_time" : `urgency.${urgency}`);
    const glyph = urgency === "open" ? [] : [make("span", { class: `mark mark-${urgency.replace("_", "-")}` })];
    const title = make("h3", {}, ...glyph, make("span", {}, name), this.count);
    this.list = make("ol", { class: "group-rows" });
    this.window = make("div", { class: "group-grid", hidden: true });
    this.element = make("section", { class: "group", "data-urgency": urgency, hidden: true }, make("div", { class: "group-head" }, title, this.fold), this.list, this.window);
    this.rows = new KeyedList(this.list, () => make("li", {}, createRow(screen)), (node, row) => updateRow(/** @type {HTMLElement} */ (node.firstElementChild), row, screen));
    this.fold.addEventListener("click", () => turn(this));
    list.append(this.element);
  }

  /** @param {any[]} rows in order @param {number} total @param {number} most rows while folded */
  show(rows, total, most) {
    const { words } = this.screen;
    this.element.hidden = total === 0;
    write(this.count, words.count(total));
    this.list.hidden = this.open;
    this.window.hidden = !this.open;
    this.element.toggleAttribute("data-open", this.open);
    const shown = this.open ? [] : rows.slice(0, most);
    this.shown = new Map(shown.map((row) => [String(row.case_id), row]));
    this.rows.show([...this.shown]);
    const rest = total - shown.length;
    this.fold.hidden = !this.open && rest <= 0;
    this.fold.setAttribute("aria-expanded", String(this.open));
    write(this.fold, this.open ? `${words.say("desk.fewer")} ▴` : `${words.say("desk.more", { count: words.count(rest) })} ▾`);
  }

  /** @param {string} id @returns {HTMLElement|null} */
  node(id) {
    return /** @type {HTMLElement|null} */ (this.rows.nodes.get(id)?.firstElementChild ?? this.window.querySelector(`.case-row[data-case="${CSS.escape(id)}"]`));
  }

  /** Move the clocks on. */
  tick() {
    const now = this.screen.clock.now();
    for (const [key, node] of this.rows.nodes) {
      const row = this.shown.get(key);
      if (row) showClock(/** @type {HTMLElement} */ (node.firstElementChild), row, now, this.screen.words);
    }
    this.grid?.tick(now);
  }
}
