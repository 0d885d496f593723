/** The areas inside the chosen one as a list of buttons, beside a map that has no WebGL: each with its open cases. */

import { find, KeyedList, make, write } from "../core/dom.mjs";

export class AreaList {
  /** @param {import("./area_map.mjs").AreaMap} map */
  constructor(map) {
    const { selection, words } = map.screen;
    this.map = map;
    const list = make("ul", { class: "plain-list" });
    const head = make("p", { class: "plain-head" }, words.say("map.areas-inside"));
    map.panel.append(make("nav", { class: "plain-areas-inside", "aria-label": words.say("map.areas-inside"), title: words.say("map.plain") }, head, list));
    this.list = new KeyedList(list, (row) => this.#make(row), (node, row) => this.#update(node, row));
    selection.addEventListener("area", () => this.#show());
    map.panel.addEventListener("shaded", () => this.#show());
    this.#show();
  }

  #show() {
    const { geography, selection, areaRow } = this.map.screen;
    const rows = geography.children(selection.area).filter((id) => id !== geography.unknown).map((id) => ({ open: 0, overdue: 0, ...areaRow(id), area_id: id }));
    rows.sort((a, b) => b.overdue - a.overdue || b.open - a.open || (a.area_id < b.area_id ? -1 : 1));
    this.list.show(rows.map((row) => [row.area_id, row]));
  }

  /** @param {any} row */
  #make({ area_id: id }) {
    const { geography, selection, words } = this.map.screen;
    const name = words.field(geography.areas[id], "name");
    const button = make("button", { type: "button" }, make("span", {}, name), make("span", { class: "value" }), make("span", { class: "chip-overdue" }));
    button.addEventListener("click", () => selection.chooseArea(id));
    return make("li", {}, button);
  }

  /** @param {HTMLElement} node @param {any} row */
  #update(node, row) {
    const { words } = this.map.screen;
    write(find(node, ".value"), words.count(row.open));
    write(find(node, ".chip-overdue"), words.count(row.overdue));
    find(node, ".chip-overdue").style.visibility = row.overdue ? "" : "hidden";
  }
}
