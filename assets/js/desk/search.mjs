/** The search: all cases, open and closed, by any words; the queue cut down to them; the filters that have names. */

import { make } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { filterOf } from "./filter.mjs";
import { kindOf, placeOf } from "./names.mjs";
import { forget, saved } from "./saved.mjs";

const [SETTLE, MOST] = [180, 12];

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function search(element, screen) {
  new Search(element, screen);
}

/** @typedef {{text: Node[], act: () => void, drop?: () => void}} Choice */

class Search {
  /** @type {Choice[]} */
  #choices = [];
  #at = 0;
  #timer = 0;
  #asked = 0;

  /** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
  constructor(element, screen) {
    this.element = element;
    this.screen = screen;
    this.filter = filterOf(screen);
    const { words } = screen;
    const facts = { type: "search", class: "filter", "data-filter": true, placeholder: words.say("desk.filter"), "aria-label": words.say("desk.search-label") };
    const combobox = { role: "combobox", "aria-expanded": "false", "aria-controls": "search-found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", maxlength: 60 };
    this.input = /** @type {HTMLInputElement} */ (make("input", { ...facts, ...combobox }));
    this.list = make("ul", { id: "search-found", class: "search-found", role: "listbox", "aria-label": words.say("desk.search-label"), hidden: true });
    element.prepend(this.input);
    element.append(this.list);
    this.input.addEventListener("focus", () => this.#show([]));
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.input.addEventListener("blur", () => this.close());
    this.filter.addEventListener("change", () => {
      if (!this.filter.wanted.words && document.activeElement !== this.input) this.input.value = "";
    });
  }

  get text() {
    return this.input.value.trim();
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  #typed() {
    clearTimeout(this.#timer);
    this.filter.want({ words: this.text });
    this.#show([]);
    if (this.text) this.#timer = setTimeout(() => this.#ask(), SETTLE);
  }

  async #ask() {
    this.#asked += 1;
    const question = this.#asked;
    const query = new URLSearchParams({ q: this.text, area: this.screen.selection.area, limit: String(MOST) });
    const answer = await fetch(address(`api/search?${query}`)).catch(() => null);
    const rows = answer?.ok ? await answer.json() : null;
    if (question !== this.#asked || document.activeElement !== this.input) return;
    this.#show(rows ?? [], rows ? (rows.length ? "" : "desk.search-none") : "desk.search-failed");
  }

  /** @param {any[]} rows @param {string} [note] */
  #show(rows, note = "") {
    const { words } = this.screen;
    this.#choices = [...(this.text ? [] : saved().map((one) => this.#named(one))), ...rows.map((row) => this.#case(row))];
    const options = this.#choices.map((choice, at) => this.#option(choice, at));
    const head = !this.text && options.length ? [make("li", { class: "search-head", role: "presentation" }, words.say("desk.saved-filters"))] : [];
    const said = note ? [make("li", { class: "search-head", role: "presentation" }, words.say(note))] : [];
    this.list.replaceChildren(...head, ...options, ...said);
    this.list.hidden = !this.list.childElementCount;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.#point(0);
  }

  /** @param {Choice} choice @param {number} at */
  #option({ text, act, drop }, at) {
    const option = make("li", { class: "search-option", role: "option", id: `search-${at}`, "aria-selected": "false" }, ...text);
    option.addEventListener("click", () => {
      act();
      this.input.blur();
    });
    if (!drop) return option;
    const away = make("span", { class: "search-drop", title: this.screen.words.say("desk.forget") }, "×");
    away.addEventListener("click", (event) => {
      event.stopPropagation();
      drop();
      this.#show([]);
    });
    option.append(away);
    return option;
  }

  /** @param {import("./saved.mjs").Saved} one @returns {Choice} */
  #named(one) {
    return { text: [make("span", { class: "search-name" }, one.name)], act: () => this.filter.want(one.wanted), drop: () => forget(one.name) };
  }

  /** @param {any} row @returns {Choice} */
  #case(row) {
    const { words, clock, selection } = this.screen;
    const glyph = make("span", { class: row.is_open ? `mark mark-${row.urgency.replace("_", "-")}` : "mark mark-closed" });
    const name = make("span", { class: "search-name" }, kindOf(row, this.screen));
    const line = [placeOf(row, this.screen), words.name("status", row.state), words.when(row.reported_at, clock.now())].join(" · ");
    return { text: [glyph, name, make("span", { class: "search-line" }, line)], act: () => selection.chooseCase(String(row.case_id)) };
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) this.#point(this.#at + steps[/** @type {"ArrowDown"} */ (event.key)]);
    else if (event.key === "Delete" && !this.text && this.#choices[this.#at]?.drop) {
      this.#choices[this.#at].drop?.();
      this.#show([]);
    } else if (event.key === "Enter") {
      this.#choices[this.#at]?.act();
      this.input.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} at */
  #point(at) {
    this.#at = Math.max(0, Math.min(this.#choices.length - 1, at));
    this.list.querySelectorAll(".search-option").forEach((option, nth) => {
      option.setAttribute("aria-selected", String(nth === this.#at));
      if (nth === this.#at) option.scrollIntoView({ block: "nearest" });
    });
    if (this.#choices.length && !this.list.hidden) this.input.setAttribute("aria-activedescendant", `search-${this.#at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }
}
