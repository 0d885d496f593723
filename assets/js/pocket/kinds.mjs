/** The city's categories: asked once, with their limits; the ones used last come first. */

import { address } from "../core/page.mjs";
import { make } from "../core/dom.mjs";
import { recall, remember } from "./remembered.mjs";
import { searchField, Sheet } from "./sheet.mjs";

const RECENT = 4;

/** @typedef {{id: string, group: string|null, name_zh: string, name_en: string, limits: Record<string, number>}} Kind */

export class Kinds {
  /** @type {Kind[]} */
  all = [];
  /** @type {any[]} */
  groups = [];
  longest = 200;
  /** @type {Promise<boolean>|null} */
  #asked = null;

  /** Fetch the list, once it can be had. @returns {Promise<boolean>} */
  load() {
    this.#asked ??= this.#ask();
    return this.#asked;
  }

  async #ask() {
    try {
      const answer = await fetch(address("api/reports/form"));
      if (!answer.ok) throw new Error(String(answer.status));
      const form = await answer.json();
      [this.all, this.groups, this.longest] = [form.categories, form.groups, form.longest];
      return true;
    } catch {
      this.#asked = null;
      return false;
    }
  }

  /** @param {string|null} id */
  find(id) {
    return this.all.find((kind) => kind.id === id);
  }

  /** The last ones used on this phone, `first` among them. @param {string|null} first @returns {Kind[]} */
  recent(first) {
    const ids = new Set([first, ...(recall("kinds") ?? []), ...this.all.slice(0, RECENT).map(({ id }) => id)]);
    return /** @type {Kind[]} */ ([...ids].map((id) => this.find(id)).filter(Boolean).slice(0, RECENT));
  }

  /** @param {string} id */
  use(id) {
    remember("kinds", [id, ...(recall("kinds") ?? []).filter((/** @type {string} */ other) => other !== id)].slice(0, RECENT));
  }
}

/** All categories, by group or by name. */
export class KindSheet {
  /** @param {import("../core/follow.mjs").Screen} screen @param {Kinds} kinds @param {(id: string) => void} chosen */
  constructor(screen, kinds, chosen) {
    this.screen = screen;
    this.kinds = kinds;
    this.chosen = chosen;
    this.sheet = new Sheet(screen, "kind-sheet");
    this.search = searchField(screen.words.say("report.search"), (text) => this.#list(text));
    this.groups = make("div", { class: "group-row", role: "group", "aria-label": screen.words.say("case.category") });
    this.list = make("ul", { class: "pick-list" });
    this.sheet.body.append(this.search, this.groups, this.list);
  }

  /** @param {string|null} id chosen now */
  open(id) {
    const { words } = this.screen;
    this.group = this.kinds.find(id)?.group ?? this.kinds.groups[0]?.id ?? null;
    this.search.value = "";
    this.groups.replaceChildren(...this.kinds.groups.map((group) => this.#group(group)));
    this.now = id;
    this.sheet.open(words.say("case.category"));
    this.#list("");
  }

  /** @param {any} group */
  #group(group) {
    const chip = make("button", { type: "button", class: "chip-plain", "data-group": group.id }, this.screen.words.field(group, "name"));
    chip.addEventListener("click", () => {
      this.group = group.id;
      this.search.value = "";
      this.#list("");
    });
    return chip;
  }

  /** @param {string} text */
  #list(text) {
    const { words } = this.screen;
    const named = (/** @type {Kind} */ kind) => `${kind.name_zh} ${kind.name_en} ${kind.id}`.toLowerCase().includes(text);
    const shown = this.kinds.all.filter((kind) => (text ? named(kind) : kind.group === this.group));
    for (const chip of this.groups.children) chip.setAttribute("aria-pressed", String(!text && /** @type {HTMLElement} */ (chip).dataset.group === this.group));
    this.groups.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest", inline: "center" });
    const none = shown.length ? [] : [make("li", { class: "pick-none", role: "status" }, words.say("report.none-found"))];
    this.list.replaceChildren(...shown.map((kind) => this.#row(kind, Boolean(text))), ...none);
  }

  /** @param {Kind} kind @param {boolean} found by its name, so that its group is told */
  #row(kind, found) {
    const { words } = this.screen;
    const group = this.kinds.groups.find(({ id }) => id === kind.group);
    const name = make("span", { class: "pick-name" }, words.field(kind, "name"));
    const row = make("button", { type: "button", class: "pick-row", "aria-pressed": String(kind.id === this.now) }, name, make("span", { class: "pick-above" }, group && found ? words.field(group, "name") : ""));
    row.addEventListener("click", () => {
      this.sheet.close();
      this.chosen(kind.id);
    });
    return make("li", {}, row);
  }
}
