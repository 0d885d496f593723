/** Search for a place by its name, pinyin or initials: a combobox whose choice is flown to. */

import { find, make, write } from "../core/dom.mjs";
import { icon } from "./icons.mjs";
import { json } from "./geography.mjs";
import { matches } from "./matching.mjs";

const MOST = 8;
const CLOSE = 15;

export class Search {
  /** @type {Promise<any[]>|null} */
  #places = null;
  /** @type {any[]} */
  #found = [];
  #at = 0;

  /** @param {import("./area_map.mjs").AreaMap} map @param {HTMLElement} element */
  constructor(map, element) {
    this.map = map;
    this.element = element;
    this.opener = find(element, ".map-tool");
    this.list = find(element, "[role='listbox']");
    this.list.id = "map-places";
    this.input = /** @type {HTMLInputElement} */ (field(map.screen.words));
    this.list.before(this.input);
    this.opener.append(icon("search"));
    this.opener.addEventListener("click", () => (this.input.hidden ? this.open() : this.close()));
    this.input.addEventListener("input", () => this.#ask());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#click(event));
    element.addEventListener("focusout", (event) => {
      if (!element.contains(/** @type {Node|null} */ (event.relatedTarget))) this.close(false);
    });
  }

  open() {
    this.input.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.input.focus();
    this.input.select();
    this.#ask();
  }

  /** @param {boolean} [back] whether the key goes back to the button */
  close(back = true) {
    if (this.input.hidden) return;
    this.input.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    this.#show([]);
    if (back) this.opener.focus();
  }

  async #ask() {
    this.#places ??= json("geo/places.json");
    const all = await this.#places;
    const { geography } = this.map.screen;
    this.#show(matches(all, this.input.value, ["city", ...geography.levels]).slice(0, MOST));
  }

  /** @param {any[]} found */
  #show(found) {
    this.#found = found;
    this.#at = 0;
    const nothing = !found.length && this.input.value.trim() && !this.input.hidden;
    const none = make("li", { class: "place-none", role: "option", "aria-disabled": "true" }, this.map.screen.words.say("map.search-none"));
    this.list.replaceChildren(...found.map((place, at) => this.#option(place, at)), ...(nothing ? [none] : []));
    this.list.hidden = !this.list.childElementCount;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.#point(0);
  }

  /** @param {any} place @param {number} at */
  #option(place, at) {
    const { geography, words } = this.map.screen;
    const parent = geography.areas[geography.areas[place.id]?.parent ?? ""];
    const layer = geography.layers.find(({ name }) => name === place.kind);
    const kind = layer ? words.field(layer, "name") : words.say(`place.${place.kind}`);
    const where = [kind, parent ? words.field(parent, "name") : ""].filter(Boolean).join(" · ");
    const option = make("li", { role: "option", id: `place-${at}`, class: "place" }, make("span", { class: "place-name" }, words.field(place, "name")));
    option.append(make("span", { class: "place-kind" }, where));
    return option;
  }

  /** @param {number} at */
  #point(at) {
    const count = this.#found.length;
    this.#at = count ? (at + count) % count : 0;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === this.#at && count > 0)));
    if (count) this.input.setAttribute("aria-activedescendant", `place-${this.#at}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.list.children[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") this.#point(this.#at + 1);
    else if (event.key === "ArrowUp") this.#point(this.#at - 1);
    else if (event.key === "Enter") this.#choose(this.#found[this.#at]);
    else if (event.key === "Escape") this.close();
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Event} event */
  #click({ target }) {
    const option = /** @type {HTMLElement} */ (target).closest("[role='option']");
    if (option) this.#choose(this.#found[[...this.list.children].indexOf(option)]);
  }

  /** @param {any} place */
  #choose(place) {
    if (!place) return;
    const { map } = this;
    const { geography, selection, words } = map.screen;
    this.close();
    write(document.querySelector("[data-announcer]"), words.say("map.selected", { name: words.field(place, "name") }));
    if (geography.areas[place.id]) return selection.chooseArea(place.id);
    map.layers?.show(place.kind);
    map.canvas.fly([place.lon, place.lat], { zoom: CLOSE, duration: map.flight() });
    map.canvas.flash([place.lon, place.lat], 2000);
  }
}

/** The box of words; made here, so that no keystroke visits the server. @param {import("../core/words.mjs").Words} words */
function field(words) {
  return make("input", {
    type: "search", class: "map-words", role: "combobox", hidden: true, placeholder: words.say("map.search-hint"),
    "aria-label": words.say("map.search"), "aria-controls": "map-places", "aria-expanded": "false", "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false",
  });
}
