/** Where it is overdue: the three places inside with most, one of them told more of, and the way into it. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const SHOWN = 3;
const KINDS = 2;

/** @param {HTMLElement} panel @param {Screen} screen */
export async function places(panel, screen) {
  await screen.geography.load();
  new Places(panel, screen).start();
}

class Places {
  /** @type {string|null} */
  chosen = null;
  /** @type {Map<string, any>} */
  areas = new Map();
  /** @type {any[]} */
  kinds = [];

  /** @param {HTMLElement} panel @param {Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.total = find(/** @type {HTMLElement} */ (panel.parentElement), ".overdue-total");
    this.chips = new KeyedList(find(panel, ".place-chips"), (row) => this.#chip(row), (node, row) => this.#name(node, row));
  }

  start() {
    const { panel, screen } = this;
    // what is known of the area left holds for the parts of it
    screen.selection.addEventListener("area", () => {
      this.chosen = null;
      this.#show();
    });
    find(panel, ".place-enter").addEventListener("click", () => this.chosen && screen.selection.chooseArea(this.chosen));
    follow(panel, screen, "areas", (channel) => {
      this.areas = channel.rows;
      this.#show();
    });
    follow(panel, screen, "overdue_kinds", (channel) => {
      this.kinds = [...channel.rows.values()];
      this.#show();
    });
  }

  /** The level told of: townships of a city or county, else the one below. */
  get level() {
    const { geography, selection } = this.screen;
    const own = geography.levels.indexOf(geography.areas[selection.area]?.level);
    return geography.levels[Math.max(own + 1, Math.min(1, geography.levels.length - 1))];
  }

  #show() {
    const { words, selection, geography } = this.screen;
    const total = this.areas.get(selection.area)?.overdue ?? 0;
    write(this.total, words.count(total));
    mark(this.total, "none", total ? null : "true");
    const worst = [...this.areas.values()].filter((row) => row.level === this.level && row.overdue > 0 && geography.within(row.area_id, selection.area))
      .sort((a, b) => b.overdue - a.overdue || b.open - a.open || (a.area_id < b.area_id ? -1 : 1)).slice(0, SHOWN);
    if (!worst.some((row) => row.area_id === this.chosen)) this.chosen = worst[0]?.area_id ?? null;
    this.chips.show(worst.map((row) => [row.area_id, row]));
    this.#tell(total);
  }

  /** @param {any} row */
  #chip({ area_id: id }) {
    const chip = make("button", { type: "button", class: "place-chip" }, make("span", { class: "chip-name" }), make("span", { class: "value" }));
    chip.addEventListener("click", () => {
      // a second touch goes in
      if (this.chosen === id) return this.screen.selection.chooseArea(id);
      this.chosen = id;
      this.#show();
    });
    return chip;
  }

  /** @param {HTMLElement} chip @param {any} row */
  #name(chip, row) {
    const { words, geography } = this.screen;
    write(find(chip, ".chip-name"), words.field(geography.areas[row.area_id] ?? {}, "name"));
    write(find(chip, ".value"), words.count(row.overdue));
    chip.setAttribute("aria-pressed", String(row.area_id === this.chosen));
    mark(chip, "area", row.area_id);
  }

  /** @param {number} total */
  #tell(total) {
    const { words, geography, selection } = this.screen;
    const here = words.field(geography.areas[selection.area] ?? {}, "name");
    const row = this.chosen ? this.areas.get(this.chosen) : null;
    const name = words.field(geography.areas[this.chosen ?? ""] ?? {}, "name");
    write(find(this.panel, ".place-name"), row ? name : words.say("tablet.overdue-here", { area: here, count: words.count(total) }));
    const enter = find(this.panel, ".place-enter");
    enter.hidden = !row;
    if (!row) {
      find(this.panel, ".place-counts").replaceChildren();
      write(find(this.panel, ".place-kinds"), "");
      return;
    }
    write(enter, words.say("tablet.enter", { name }));
    find(this.panel, ".place-counts").replaceChildren(
      make("span", {}, words.say("tablet.place-counts", { open: words.count(row.open) })),
      make("span", { class: "place-overdue" }, words.say("tablet.place-overdue", { count: words.count(row.overdue) })),
    );
    const share = words.say("tablet.share", { area: here, share: words.count((100 * row.overdue) / (total || 1)) });
    write(find(this.panel, ".place-kinds"), [share, this.#kindsOf(row.area_id)].filter(Boolean).join(" · "));
  }

  /** What is overdue there most. @param {string} area */
  #kindsOf(area) {
    const { words } = this.screen;
    const most = this.kinds.filter((row) => row.area_id === area)
      .sort((a, b) => b.overdue - a.overdue || (a.kind_id < b.kind_id ? -1 : 1)).slice(0, KINDS);
    if (!most.length) return "";
    const count = most.reduce((sum, row) => sum + row.overdue, 0);
    const names = most.map((row) => words.field(row, "category"));
    return words.say("tablet.kinds", { kinds: names.join(words.say("tablet.and")), count: words.count(count) });
  }
}
