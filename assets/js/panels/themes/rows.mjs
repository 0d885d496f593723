/** A list of which one row is chosen: by pointer, by arrow keys, from anywhere on the screen. */

import { KeyedList, make, mark } from "../../core/dom.mjs";

const TYPING = "input, textarea, select, [role='application'], [role='grid']";

export class Rows {
  /** @type {string[]} */
  keys = [];
  /** @type {string} */
  chosen = "";

  /**
   * @param {HTMLElement} list @param {(node: HTMLElement, row: any) => void} update
   * @param {{create: () => Node[], choose: (key: string) => void}} options
   */
  constructor(list, update, { create, choose }) {
    this.list = list;
    this.choose = choose;
    list.setAttribute("role", "listbox");
    list.tabIndex = 0;
    const made = (/** @type {any} */ row) => make("li", { role: "option", class: "theme-row", id: `row-${row.key}` }, ...create());
    this.nodes = new KeyedList(list, made, (node, row) => {
      mark(node, "key", row.key);
      update(node, row);
    });
    list.addEventListener("click", (event) => this.#clicked(event));
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** @param {any[]} rows each with a `key` @param {string} chosen */
  show(rows, chosen) {
    this.keys = rows.map((row) => row.key);
    this.nodes.show(rows.map((row) => [row.key, row]));
    this.mark(chosen);
  }

  /** @param {string} chosen */
  mark(chosen) {
    const moved = chosen !== this.chosen;
    this.chosen = chosen;
    for (const [key, node] of this.nodes.nodes) node.setAttribute("aria-selected", String(key === chosen));
    const node = this.nodes.nodes.get(chosen);
    if (node) this.list.setAttribute("aria-activedescendant", node.id);
    else this.list.removeAttribute("aria-activedescendant");
    if (moved) node?.scrollIntoView({ block: "nearest" });
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest("[data-key]");
    if (row) this.choose(/** @type {HTMLElement} */ (row).dataset.key ?? "");
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const target = /** @type {HTMLElement} */ (event.target);
    if (!step || event.altKey || event.ctrlKey || event.metaKey || target.closest(TYPING) || !this.keys.length) return;
    event.preventDefault();
    const at = this.keys.indexOf(this.chosen);
    this.choose(this.keys[at < 0 ? 0 : Math.min(this.keys.length - 1, Math.max(0, at + step))]);
  }
}
