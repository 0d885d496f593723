/** The filter of the queue: words, urgency and state; each chip shows how many cases it holds. */

import { find, write } from "../core/dom.mjs";
import { titleOf } from "../core/sla.mjs";

/** States that are shown only when a case is in them. */
const RARE = new Set(["verifying", "waiting_reporter"]);

export class Filter {
  urgency = "all";
  state = "";
  #text = "";

  /** @param {HTMLElement} panel @param {import("../core/words.mjs").Words} words @param {() => void} changed */
  constructor(panel, words, changed) {
    this.words = words;
    this.changed = changed;
    this.urgencies = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-urgency-filter]")]);
    this.states = /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-state-filter]")]);
    this.input = /** @type {HTMLInputElement|null} */ (document.querySelector("[data-filter]"));
    for (const chip of this.urgencies) chip.addEventListener("click", () => this.#chooseUrgency(chip.dataset.urgencyFilter ?? "all"));
    for (const cell of this.states) cell.addEventListener("click", () => this.#chooseState(cell.dataset.stateFilter ?? ""));
    this.input?.addEventListener("input", () => this.#write(this.input?.value ?? ""));
    this.#press();
  }

  get active() {
    return this.urgency !== "all" || this.state !== "" || this.#text !== "";
  }

  /** @param {any} row */
  passes(row) {
    if (this.urgency !== "all" && (row.urgency ?? "open") !== this.urgency) return false;
    if (this.state && row.state !== this.state) return false;
    return !this.#text || this.#haystack(row).includes(this.#text);
  }

  /** @param {any[]} rows */
  count(rows) {
    /** @type {Record<string, number>} */
    const held = { all: rows.length };
    for (const row of rows) {
      const [urgency, state] = [row.urgency ?? "open", `in ${row.state}`];
      held[urgency] = (held[urgency] ?? 0) + 1;
      held[state] = (held[state] ?? 0) + 1;
    }
    for (const chip of this.urgencies) write(find(chip, ".value"), this.words.count(held[chip.dataset.urgencyFilter ?? "all"] ?? 0));
    for (const cell of this.states) {
      const count = held[`in ${cell.dataset.stateFilter}`] ?? 0;
      write(find(cell, ".value"), this.words.count(count));
      cell.hidden = count === 0 && RARE.has(cell.dataset.stateFilter ?? "");
    }
  }

  clear() {
    [this.urgency, this.state, this.#text] = ["all", "", ""];
    if (this.input) this.input.value = "";
    this.#press();
    this.changed();
  }

  /** @param {any} row */
  #haystack(row) {
    const { words } = this;
    return [row.case_id, titleOf(row, words), words.field(row, "category"), words.field(row, "area"), words.field(row, "unit")]
      .join(" ")
      .toLowerCase();
  }

  /** @param {string} urgency */
  #chooseUrgency(urgency) {
    this.urgency = urgency;
    this.#press();
    this.changed();
  }

  /** @param {string} state */
  #chooseState(state) {
    this.state = this.state === state ? "" : state;
    this.#press();
    this.changed();
  }

  /** @param {string} text */
  #write(text) {
    this.#text = text.trim().toLowerCase();
    this.changed();
  }

  #press() {
    for (const chip of this.urgencies) chip.setAttribute("aria-pressed", String(chip.dataset.urgencyFilter === this.urgency));
    for (const cell of this.states) cell.setAttribute("aria-pressed", String(cell.dataset.stateFilter === this.state));
  }
}
