/** Where a report is: by position, by a place picked on the map, or by a grid. */

import { find, make, write } from "../core/dom.mjs";
import { AreaSheet } from "./area_sheet.mjs";
import { miniMap } from "./mini_map.mjs";
import { phone } from "./phone.mjs";
import { pickable } from "./pick.mjs";
import { Sheet } from "./sheet.mjs";
import { areaAt, placeName } from "./where.mjs";

/** @typedef {import("./draft.mjs").Draft} Draft */

export class Place {
  /** @type {string|null} the area the draft's point lies in */
  area = null;
  /** Whether the draft's point is known to lie in no area of the city. */
  outside = false;
  #drawn = "";

  /**
   * @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen
   * @param {(place: Partial<Draft>) => void} changed @param {() => void} settled once it is known where the draft's point lies
   */
  constructor(panel, screen, changed, settled) {
    this.settled = settled;
    this.panel = panel;
    this.screen = screen;
    this.changed = changed;
    this.position = phone(screen).position;
    this.sheet = new Sheet(screen, "where-sheet");
    this.areas = new AreaSheet(screen);
    this.said = make("p", { class: "where-said", role: "status" });
    find(panel, ".where-card").addEventListener("click", () => this.#ways());
    this.position.addEventListener("change", () => this.#say());
  }

  /** Where the position is known anyway, a new report begins there. @param {Draft} draft */
  here(draft) {
    if (!draft.point && !draft.area && this.position.point) this.#gps();
  }

  /** @param {Draft} draft */
  async show(draft) {
    const { panel, screen } = this;
    const { words, geography } = screen;
    const how = { gps: () => words.say("report.by-gps", { metres: words.count(draft.accuracy) }), map: () => words.say("report.by-map"), area: () => words.say("report.by-area") };
    const chosen = draft.point || draft.area;
    write(find(panel, ".where-how"), chosen && draft.how ? how[draft.how]() : "");
    const key = JSON.stringify([draft.point, draft.area, draft.accuracy]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    const area = draft.point ? await areaAt(geography, draft.point).catch(() => undefined) : draft.area;
    if (key !== this.#drawn) return;
    this.area = area ?? null;
    this.outside = area === null && draft.point !== null && geography.levels.length > 0;
    this.settled();
    const named = this.outside ? words.say("report.outside") : placeName(screen, this.area);
    write(find(panel, ".where-name"), chosen ? named : words.say("report.where-none"));
    const below = draft.point ? `${draft.point[1].toFixed(5)}, ${draft.point[0].toFixed(5)}` : "";
    write(find(panel, ".where-area"), chosen ? below : words.say("report.where-hint"));
    const middle = draft.area && geography.middle(draft.area);
    const point = draft.point ?? middle ?? null;
    await miniMap(find(panel, ".where-card .mini"), geography, point && { point, accuracy: draft.point ? draft.accuracy : 0 });
  }

  /** The names of a draft's place, for its receipt. @param {Draft} draft */
  named(draft) {
    const { geography } = this.screen;
    const area = geography.areas[(draft.point ? this.area : draft.area) ?? ""];
    return area ? { name_zh: area.name_zh, name_en: area.name_en } : null;
  }

  #ways() {
    const { words, geography, selection, page } = this.screen;
    const way = (/** @type {string} */ icon, /** @type {string} */ text, /** @type {() => void} */ act) => {
      const button = make("button", { type: "button", class: "way-button" }, make("i", { class: "icon", "data-icon": icon }), text);
      button.addEventListener("click", act);
      return button;
    };
    const ways = [way("target", words.say("report.use-position"), () => this.#ask())];
    if (pickable()) ways.push(way("map", words.say("report.use-map"), () => this.#pick()));
    ways.push(way("grid", words.say("report.use-area"), () => {
      this.sheet.close();
      const from = geography.children(selection.area).length ? selection.area : (geography.path(selection.area).at(-2) ?? selection.rootArea);
      this.areas.open(words.say("area.grid-title"), from, (area) => this.#take({ point: null, area, how: "area", accuracy: 0 }), true);
    }));
    write(this.said, "");
    this.sheet.body.replaceChildren(...ways, this.said);
    this.sheet.open(words.say("report.where"));
    page.root.dataset.where = "open";
  }

  async #ask() {
    if (await this.position.use()) {
      this.sheet.close();
      this.#gps();
    }
  }

  #gps() {
    const { point, accuracy } = this.position;
    this.#take({ point, accuracy, area: null, how: "gps" });
  }

  #pick() {
    this.sheet.close();
    this.panel.hidden = true;
    delete this.screen.page.root.dataset.report;
    const done = (/** @type {[number, number]} */ point) => this.#take({ point, accuracy: 0, area: null, how: "map" });
    this.screen.page.root.dispatchEvent(new CustomEvent("citybrain:pick", { detail: { from: this.position.point, done } }));
  }

  /** @param {Partial<Draft>} place */
  async #take(place) {
    // the grid's shape is drawn in the card
    if (place.area) await this.screen.geography.shapes(this.screen.geography.areas[place.area].level).catch(() => null);
    this.changed(place);
  }

  #say() {
    const { words } = this.screen;
    const { state, accuracy } = this.position;
    const told = {
      off: "", none: words.say("position.none"), asking: words.say("position.asking"), denied: words.say("position.denied"),
      failed: words.say("position.failed"), on: words.say("position.on", { metres: words.count(accuracy) }),
    };
    write(this.said, told[state]);
  }
}
