/** Choosing an area with a thumb: up by the path, down by the list, or by its name. */

import { make } from "../core/dom.mjs";
import { searchField, Sheet } from "./sheet.mjs";

const MOST = 60;

export class AreaSheet {
  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    this.screen = screen;
    this.sheet = new Sheet(screen, "area-sheet");
    const { words } = screen;
    this.crumbs = make("nav", { class: "crumbs", "aria-label": words.say("area.path") });
    this.search = searchField(words.say("area.search"), (text) => this.#list(text));
    this.list = make("ul", { class: "pick-list" });
    this.use = make("button", { type: "button", class: "button-main area-use" });
    this.sheet.body.append(this.crumbs, this.search, this.list);
    this.sheet.foot.append(this.use);
    this.use.addEventListener("click", () => this.#choose());
  }

  /**
   * Begin at an area; `chosen` hears which one was taken.
   * @param {string} title @param {string} from @param {(area: string) => void} chosen @param {boolean} [finest] only areas without others inside count
   */
  async open(title, from, chosen, finest = false) {
    await this.screen.geography.load();
    this.chosen = chosen;
    this.finest = finest;
    this.#go(from);
    this.sheet.open(title);
  }

  #choose() {
    this.sheet.close();
    this.chosen?.(this.at ?? "");
  }

  /** @param {string} id */
  #go(id) {
    const { geography, words } = this.screen;
    this.at = id;
    this.search.value = "";
    this.crumbs.replaceChildren(...geography.path(id).map((area) => this.#crumb(area)));
    this.crumbs.scrollLeft = this.crumbs.scrollWidth;
    this.use.textContent = words.say("area.use", { name: words.field(geography.areas[id] ?? {}, "name") });
    this.use.toggleAttribute("disabled", Boolean(this.finest && geography.children(id).length));
    this.#list("");
  }

  /** @param {string} id */
  #crumb(id) {
    const { geography, words } = this.screen;
    const crumb = make("button", { type: "button", class: "crumb", "aria-current": id === this.at && "location" }, words.field(geography.areas[id], "name"));
    crumb.addEventListener("click", () => this.#go(id));
    return crumb;
  }

  /** @param {string} text */
  #list(text) {
    const { words } = this.screen;
    const ids = text ? this.#named(text) : this.#inside();
    const rows = ids.slice(0, MOST).map((id) => this.#row(id, Boolean(text)));
    const none = text && !rows.length ? [make("li", { class: "pick-none", role: "status" }, words.say("area.none-found"))] : [];
    this.list.replaceChildren(...rows, ...none);
  }

  #inside() {
    const { geography, areaRow } = this.screen;
    const open = (/** @type {string} */ id) => areaRow(id)?.open ?? 0;
    const inside = geography.children(this.at ?? "").filter((id) => !this.finest || id !== geography.unknown);
    return inside.sort((a, b) => open(b) - open(a) || (a < b ? -1 : 1));
  }

  /** @param {string} text */
  #named(text) {
    const { areas } = this.screen.geography;
    return Object.keys(areas).filter((id) => `${areas[id].name_zh} ${areas[id].name_en} ${id}`.toLowerCase().includes(text));
  }

  /** @param {string} id @param {boolean} found by its name */
  #row(id, found) {
    const { geography, words, areaRow } = this.screen;
    const name = words.field(geography.areas[id], "name");
    const above = found ? geography.path(id).slice(1, -1).map((area) => words.field(geography.areas[area], "name")).join(" · ") : "";
    const open = areaRow(id)?.open;
    const count = make("span", { class: "value" }, open === undefined || this.finest ? "" : words.count(open));
    const row = make("button", { type: "button", class: "pick-row" }, make("span", { class: "pick-name" }, name), make("span", { class: "pick-above" }, above), count);
    row.addEventListener("click", () => this.#enter(id));
    return make("li", {}, row);
  }

  /** @param {string} id */
  #enter(id) {
    this.#go(id);
    if (!this.screen.geography.children(id).length) this.#choose();
  }
}
