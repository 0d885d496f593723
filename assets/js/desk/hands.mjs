/** Who and what is near the chosen case: the people of the grids around it, and the fixed points. */

import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { metres, points, told } from "../wall/nearby.mjs";
import { drawHands } from "./hands_map.mjs";
import { placeOf } from "./names.mjs";

const [MOST, REACH] = [100, 1500];

/** @typedef {{kind: string, shape: string, letter: string, name: string, note: string, line: string, place: [number, number], far: number}} Hand */

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function hands(panel, screen) {
  new Hands(panel, screen);
}

class Hands {
  /** @type {Record<string, Hand[]>} */
  #known = {};
  #tab = "people";
  #asked = 0;

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.list = find(panel, ".hands-list");
    screen.selection.addEventListener("place", () => this.#ask());
    find(panel, ".hands-retry").addEventListener("click", () => this.#ask());
    panel.addEventListener("retry", () => this.#ask());
    new ResizeObserver(() => this.#draw()).observe(find(panel, ".hands-map"));
  }

  async #ask() {
    const { selection, geography } = this.screen;
    const { place } = selection;
    this.panel.hidden = !place;
    if (!place) return;
    this.#asked += 1;
    const question = this.#asked;
    this.list.replaceChildren();
    await geography.load();
    const failed = find(this.panel, ".hands-failed");
    const [people, fixed] = await Promise.all([this.#people(place), points(geography, place).catch(() => [])]);
    if (question !== this.#asked) return;
    failed.hidden = people !== null;
    if (!people) write(find(failed, ".hands-failed-text"), this.screen.words.say("hands.failed"));
    this.#known = people?.length ? { people } : {};
    for (const layer of geography.layers) {
      this.#known[layer.name] = fixed.filter((point) => point.layer === layer.name && point.far <= REACH).map((point) => this.#post(point));
    }
    const areas = new Set(Object.keys(this.#known));
    this.panel.hidden = areas.size === 0 && people !== null;
    if (!areas.has(this.#tab)) this.#tab = [...areas][0] ?? "people";
    this.#tabs();
    this.#show();
  }

  /** @param {[number, number]} place @returns {Promise<Hand[]|null>} */
  async #people(place) {
    const { selection, words } = this.screen;
    const query = new URLSearchParams({ area: selection.rootArea, lon: String(place[0]), lat: String(place[1]), limit: String(MOST) });
    const answer = await fetch(address(`api/hands?${query}`)).catch(() => null);
    if (!answer?.ok) return null;
    const near = (await answer.json()).filter((/** @type {any} */ one) => one.metres <= REACH);
    return near.map((/** @type {any} */ one) => ({
      kind: "people", shape: "person", letter: one.name_zh.slice(0, 1), name: one.name_zh,
      note: one.open ? words.say("hands.load", { count: one.open }) : words.say("hands.free"),
      line: `${words.name("role", one.role)} · ${placeOf(one, this.screen)}`,
      place: [one.lon, one.lat], far: metres(place, [one.lon, one.lat]),
    }));
  }

  /** @param {any} point @returns {Hand} */
  #post(point) {
    const { words, geography } = this.screen;
    const layer = geography.layers.find((known) => known.name === point.layer);
    return {
      kind: point.layer, shape: point.shape, letter: "", name: words.field(point, "name"), note: "",
      line: words.field(point, "kind") || words.field(layer ?? {}, "name"), place: point.place, far: point.far,
    };
  }

  #tabs() {
    const { words, geography } = this.screen;
    const name = (/** @type {string} */ tab) => (tab === "people" ? words.say("hands.people") : words.field(geography.layers.find((layer) => layer.name === tab) ?? {}, "name"));
    const tabs = Object.keys(this.#known).map((tab) => {
      const button = make("button", { type: "button", role: "tab", class: "hands-tab", "aria-selected": String(tab === this.#tab) }, name(tab), make("span", { class: "value" }, words.count(this.#known[tab].length)));
      button.addEventListener("click", () => {
        this.#tab = tab;
        this.#tabs();
        this.#show();
      });
      return button;
    });
    find(this.panel, ".hands-tabs").replaceChildren(...tabs);
  }

  #show() {
    const { words } = this.screen;
    const rows = this.#known[this.#tab] ?? [];
    const note = find(this.panel, ".hands-note");
    write(note, this.#tab === "people" ? words.say("hands.note") : words.say("hands.reach"));
    note.title = this.#tab === "people" ? words.say("hands.note-all") : "";
    this.list.replaceChildren(...rows.map((hand) => this.#row(hand)));
    this.#draw();
  }

  /** @param {Hand} hand */
  #row({ shape, letter, name, note, line, far }) {
    const key = make("span", { class: "hand-key", "data-shape": shape }, letter);
    const who = make("span", { class: "hand-who" }, make("b", {}, name), make("span", { class: "hand-note" }, note));
    const away = told(far, this.screen.words);
    return make("li", { class: "hand" }, key, who, make("span", { class: "hand-far" }, away), make("span", { class: "hand-line" }, line));
  }

  #draw() {
    const { place } = this.screen.selection;
    if (place && !this.panel.hidden) drawHands(find(this.panel, ".hands-map"), this.screen, place, this.#known);
  }
}
