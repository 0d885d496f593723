/** Chips and cells of the queue: each a number of the whole area, and a filter. */

import { find, write } from "../core/dom.mjs";
import { filterOf } from "./filter.mjs";

export class Counts {
  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.words = screen.words;
    this.filter = filterOf(screen);
    this.chips = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-urgency-filter]")]);
    this.urged = find(panel, "[data-urged-filter]");
    this.cells = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-state-filter]")]);
    for (const chip of this.chips) chip.addEventListener("click", () => this.filter.want({ urgency: chip.dataset.urgencyFilter }));
    this.urged.addEventListener("click", () => this.filter.want({ urged: !this.filter.wanted.urged }));
    for (const cell of this.cells) cell.addEventListener("click", () => this.#toggle(cell.dataset.stateFilter ?? ""));
    this.filter.addEventListener("change", () => this.#press());
    this.#press();
  }

  /** @param {string} states */
  #toggle(states) {
    this.filter.want({ states: this.filter.wanted.states === states ? "" : states });
  }

  /** @param {{urgency: string, state: string, urged: boolean, cases: number}[]} kinds */
  show(kinds) {
    const sum = (/** @type {(kind: any) => boolean} */ passes) => kinds.filter(passes).reduce((all, { cases }) => all + cases, 0);
    for (const chip of this.chips) {
      const { urgencyFilter } = chip.dataset;
      this.#put(chip, sum(({ urgency }) => urgencyFilter === "all" || urgency === urgencyFilter));
    }
    this.#put(this.urged, sum(({ urged }) => urged));
    for (const cell of this.cells) {
      const states = (cell.dataset.stateFilter ?? "").split(" ");
      this.#put(cell, sum(({ state }) => states.includes(state)));
    }
    return sum(() => true);
  }

  /** @param {HTMLElement} element @param {number} count */
  #put(element, count) {
    write(find(element, ".value"), this.words.count(count));
  }

  #press() {
    const { urgency, states, urged } = this.filter.wanted;
    const press = (/** @type {HTMLElement} */ element, /** @type {boolean} */ on) => element.setAttribute("aria-pressed", String(on));
    for (const chip of this.chips) press(chip, chip.dataset.urgencyFilter === urgency);
    press(this.urged, urged);
    for (const cell of this.cells) press(cell, cell.dataset.stateFilter === states);
  }
}

/** Count rows that are all here. @param {any[]} rows */
export function counted(rows) {
  return rows.map((row) => ({ urgency: row.urgency ?? "open", state: row.state, urged: row.urges > 0, cases: 1 }));
}
