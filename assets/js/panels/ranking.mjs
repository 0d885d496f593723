/** Who closes on time: areas inside and the units with most cases, each with its interval and a range of places. */

import { interval, scaleOf, showInterval } from "../chart/interval.mjs";
import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { openSheet } from "./sheet.mjs";
import { unitSheet } from "./unit_sheet.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const ROWS = 7;
const MOST_AREAS = 3;
const MOST_UNITS = 5;
const LEAST = 50;

/** @param {HTMLElement} panel @param {Screen} screen */
export function ranking(panel, screen) {
  new Ranking(panel, screen).start();
}

class Ranking {
  period = "month";
  /** @type {any[]} */
  rows = [];
  asOf = "";

  /** @param {HTMLElement} panel @param {Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    const list = (/** @type {string} */ kind) => new KeyedList(find(panel, `[data-kind="${kind}"] .ranked-list`), rankedRow, () => {});
    this.lists = { area: list("area"), unit: list("unit") };
  }

  async start() {
    const { panel, screen } = this;
    for (const button of /** @type {HTMLElement[]} */ ([...panel.querySelectorAll("[data-period]")])) {
      button.addEventListener("click", () => this.#choose(button.dataset.period ?? "month"));
    }
    find(panel, ".ranking-all").addEventListener("click", () => this.#all());
    await screen.geography.load();
    const leaf = () => (panel.hidden = screen.geography.children(screen.selection.area).length === 0);
    screen.selection.addEventListener("area", leaf);
    leaf();
    this.#choose(this.period);
    follow(panel, screen, "on_time_ranking", (channel) => {
      this.rows = [...channel.rows.values()];
      this.asOf = channel.asOf ?? "";
      this.#show();
    });
  }

  /** @param {string} period */
  #choose(period) {
    this.period = period;
    for (const button of /** @type {HTMLElement[]} */ ([...this.panel.querySelectorAll("[data-period]")])) {
      button.setAttribute("aria-pressed", String(button.dataset.period === period));
    }
    if (this.asOf) this.#show();
  }

  #show() {
    const { words, geography, selection } = this.screen;
    const now = this.rows.filter((row) => row.period === this.period);
    const areas = now.filter((row) => row.kind === "area" && row.id !== geography.unknown);
    const units = now.filter((row) => row.kind === "unit");
    const lowest = [...areas].sort(fromBest).slice(-MOST_AREAS);
    const most = [...units].sort((a, b) => b.due - a.due || (a.id < b.id ? -1 : 1)).slice(0, Math.min(MOST_UNITS, ROWS - lowest.length)).sort(fromBest);
    const inside = geography.children(selection.area)[0];
    const level = inside ? words.say(`level.${geography.areas[inside].level}`) : "";
    const cut = areas.length > lowest.length;
    this.#section("area", lowest, cut ? words.say("tablet.lowest", { level, count: lowest.length }) : level);
    this.#section("unit", most, words.say("tablet.units"), units.length > most.length ? words.say("tablet.most", { count: most.length }) : "");
    const scale = scaleOf([...lowest, ...most], 95, LEAST);
    for (const [kind, rows] of Object.entries({ area: lowest, unit: most })) {
      this.lists[kind].show(rows.map((row) => [row.id, row]));
      for (const row of rows) showRanked(this.lists[kind].nodes.get(row.id), row, scale, this.screen);
    }
    find(this.panel, ".ranking-all").hidden = false;
    write(find(this.panel, ".ranking-all"), words.say("tablet.all", { count: words.count(areas.length + units.length) }));
    this.panel.dataset.empty = now.length ? "" : words.say("tablet.no-ranking", { time: words.time("minute", this.asOf) });
  }

  /** @param {"area"|"unit"} kind @param {any[]} rows @param {string} title @param {string} note */
  #section(kind, rows, title, note = "") {
    const section = find(this.panel, `[data-kind="${kind}"]`);
    const { words } = this.screen;
    section.hidden = rows.length === 0;
    write(find(section, ".ranked-kind"), title);
    write(find(section, ".ranked-target"), note || words.say("tablet.goal", { target: words.count(rows[0]?.target) }));
  }

  /** Every area and unit; those with too few cases below a line. */
  #all() {
    const { words } = this.screen;
    const now = this.rows.filter((row) => row.period === this.period && row.id !== this.screen.geography.unknown);
    const period = words.say(`span.${this.period}`);
    const { body, dialog } = openSheet(this.screen, words.say("tablet.all-title", { period }));
    const scale = scaleOf(now.filter((row) => row.rank_low !== null), 95, LEAST);
    for (const kind of ["area", "unit"]) {
      const rows = now.filter((row) => row.kind === kind).sort(fromBest);
      if (rows.length) body.append(allOf(kind, rows, scale, this.screen, () => dialog.close()));
    }
    body.append(make("p", { class: "formula" }, words.say("tablet.formula")));
  }
}

/** @param {string} kind @param {any[]} rows @param {import("../chart/interval.mjs").Scale} scale @param {Screen} screen @param {() => void} close */
function allOf(kind, rows, scale, screen, close) {
  const { words } = screen;
  const drawn = (/** @type {any} */ row) => {
    const node = rankedRow();
    showRanked(node, row, scale, screen);
    node.addEventListener("click", close, { capture: true });
    return node;
  };
  const ranked = rows.filter((row) => row.rank_low !== null).map(drawn);
  const few = rows.filter((row) => row.rank_low === null).map(drawn);
  const title = kind === "unit" ? words.say("tablet.units") : words.say(`level.${screen.geography.areas[rows[0].id]?.level ?? "county"}`);
  const part = make("section", { class: "ranked-every" }, make("h3", {}, title), make("ol", { class: "ranked-list" }, ...ranked));
  if (few.length) part.append(make("h4", { class: "too-few" }, words.say("tablet.too-few")), make("ol", { class: "ranked-list" }, ...few));
  return part;
}

/** Best first; who is not ranked comes last. @param {any} a @param {any} b */
function fromBest(a, b) {
  return Number(a.rank_low === null) - Number(b.rank_low === null) || b.value - a.value || (a.id < b.id ? -1 : 1);
}

function rankedRow() {
  const button = make("button", { type: "button", class: "ranked-row" }, make("span", { class: "ranked-name" }), interval(),
    make("span", { class: "value" }), make("span", { class: "ranked-place" }));
  return make("li", {}, button);
}

/** @param {HTMLElement|undefined} node @param {any} row @param {import("../chart/interval.mjs").Scale} scale @param {Screen} screen */
function showRanked(node, row, scale, screen) {
  if (!node) return;
  const { words } = screen;
  const button = /** @type {HTMLButtonElement} */ (node.firstElementChild);
  const name = words.field(row, "name");
  const ranked = row.rank_low !== null;
  const below = ranked && row.high < row.target;
  write(find(button, ".ranked-name"), name);
  write(find(button, ".value"), words.decimal(row.value));
  write(find(button, ".ranked-place"), ranked ? placesOf(row, words) : words.say("unknown"));
  mark(button, "below", below ? "true" : null);
  showInterval(find(button, ".interval"), row, scale);
  button.onclick = () => (row.kind === "area" ? screen.selection.chooseArea(row.id) : unitSheet(screen, row.id, name));
}

/** @param {any} row @param {import("../core/words.mjs").Words} words */
export function placesOf(row, words) {
  const [from, to] = [words.count(row.rank_low), words.count(row.rank_high)];
  return from === to ? from : `${from}–${to}`;
}
