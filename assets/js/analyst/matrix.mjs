/** Two dimensions crossed: in each cell what went wrong of how many, or the value; a dash where there is nothing. */

import { find, make, mark, write } from "../core/dom.mjs";
import { idOf } from "./standing.mjs";
import { named } from "./tiles.mjs";

const STEPS = 5;
const NARROWEST = 58;
/** Up to so many in a cell, each step of shade is one more; beyond, a share of the most. */
const COUNTED = 12;

export class Matrix {
  /** @type {Map<string, any>} */
  cell = new Map();
  /** @type {{id: string, name: string, row: any}[]} */
  columns = [];
  page = 0;
  fit = 8;

  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk @param {() => void} redraw */
  constructor(part, desk, redraw) {
    this.part = part;
    this.desk = desk;
    this.redraw = redraw;
  }

  /** @param {any} totals by the crossing dimension @param {any} cells by both */
  show(totals, cells) {
    const { desk } = this;
    const { metric, cross, by } = desk;
    const weight = (/** @type {any} */ row) => (metric.ratio ? metric.bad(row) : row.n);
    this.columns = totals.rows
      .filter((/** @type {any} */ row) => row.n > 0)
      .sort((/** @type {any} */ a, /** @type {any} */ b) => weight(b) - weight(a) || b.n - a.n)
      .map((/** @type {any} */ row) => ({ id: idOf(row, cross), name: desk.rowName({ ...row, ...named(desk, cross, row) }), row }));
    this.cell = new Map(cells.rows.map((/** @type {any} */ row) => [`${idOf(row, by)}\n${idOf(row, cross)}`, row]));
    this.page = 0;
    const all = [...this.cell.values()].filter((row) => row.value !== null);
    this.most = Math.max(0, ...all.map((row) => (metric.ratio && !this.pivot ? metric.bad(row) : row.value)));
    this.least = Math.min(...all.filter((row) => row.n >= metric.minimum).map((row) => row.value));
    this.redraw();
  }

  get pivot() {
    return this.desk.asked.view === "pivot";
  }

  get shown() {
    return this.columns.slice(this.page * this.fit, (this.page + 1) * this.fit);
  }

  /** Take as many columns as there is room for. @param {number} width of the whole table */
  layout(width) {
    const share = this.pivot ? width - 300 : width * 0.445;
    this.fit = Math.max(3, Math.floor(share / (this.desk.words.language === "en" ? NARROWEST * 1.2 : NARROWEST)));
    this.page = Math.min(this.page, Math.max(0, Math.ceil(this.columns.length / this.fit) - 1));
    /** @type {HTMLElement} */ (find(this.part, ".board-table")).style.setProperty("--columns", String(Math.max(1, Math.min(this.fit, this.columns.length))));
    this.#words();
    this.#pages();
  }

  #words() {
    const { words, metric } = this.desk;
    const says = this.pivot || !metric.ratio ? words.say("analyst.cell-value", { name: metric.title }) : words.say(metric.falls ? "analyst.cell-bad" : "analyst.cell-missed");
    write(find(this.part, ".board-crossing .head-words"), says);
    find(this.part, ".shades").title = says;
    const shades = find(this.part, ".shades");
    const steps = Array.from({ length: STEPS }, (_, step) => make("i", { "data-shade": step }));
    const ends = [metric.whole ? 0 : (this.least ?? null), this.most ?? null].map((value) => metric.text(Number.isFinite(value) ? value : null));
    if (!metric.falls && !metric.whole) ends.reverse();
    const few = (this.most ?? 0) <= COUNTED;
    const top = metric.ratio && !this.pivot ? words.say("analyst.shade-count", { most: few ? `${STEPS - 1}+` : (this.most ?? 0) }) : ends.join(" – ");
    shades.replaceChildren(...steps, make("span", {}, top));
  }

  /** The way to the other columns. */
  #pages() {
    const { words } = this.desk;
    const pages = find(this.part, ".cross-pages");
    const count = this.columns.length;
    if (count <= this.fit) return pages.replaceChildren();
    const first = this.page * this.fit + 1;
    const step = (/** @type {string} */ glyph, /** @type {number} */ by, /** @type {string} */ says) => {
      const button = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "key-cap", "aria-label": says }, glyph));
      button.disabled = this.page + by < 0 || (this.page + by) * this.fit >= count;
      button.addEventListener("click", () => {
        this.page += by;
        this.redraw();
      });
      return button;
    };
    return pages.replaceChildren(
      step("‹", -1, words.say("analyst.columns-before")),
      make("span", {}, `${first}–${Math.min(count, first + this.fit - 1)} / ${count}`),
      step("›", 1, words.say("analyst.columns-after")),
    );
  }

  header() {
    const heads = this.shown.map(({ name }) => make("span", { class: "crossed-head", role: "columnheader", title: name }, name));
    return make("div", { class: "row-cells", role: "presentation" }, ...heads);
  }

  /** The cells of a row, or of the total. @param {import("./standing.mjs").Standing|null} one */
  cells(one) {
    return make("div", { class: "row-cells", role: "presentation" }, ...this.shown.map((column) => this.#cell(one, column)));
  }

  /** @param {import("./standing.mjs").Standing|null} one @param {{id: string, name: string, row: any}} column */
  #cell(one, column) {
    const { metric, words } = this.desk;
    const row = one ? this.cell.get(`${one.id}\n${column.id}`) : column.row;
    if (!row || !row.n) return make("span", { class: "crossed crossed-none", role: "gridcell" }, words.say("unknown"));
    const counted = metric.ratio && !this.pivot;
    const text = counted ? `${metric.bad(row)}/${row.denominator}` : metric.text(row.value);
    const drawn = make("span", { class: "crossed", role: "gridcell", tabindex: "-1", "data-column": column.id, title: `${one?.name ?? ""} ${column.name} ${metric.full(row.value)} · n ${words.count(row.n)}`.trim() }, text);
    if (one) mark(drawn, "shade", String(this.#shade(row, counted)));
    if (!counted && !metric.whole && row.n < metric.minimum) mark(drawn, "small", "true");
    return drawn;
  }

  /** @param {any} row @param {boolean} counted */
  #shade(row, counted) {
    const { metric } = this.desk;
    const bad = counted ? metric.bad(row) : 0;
    if (counted && (this.most ?? 0) <= COUNTED) return Math.min(STEPS - 1, bad);
    if (counted) return bad && Math.min(STEPS - 1, 1 + Math.floor(((STEPS - 1) * bad) / ((this.most ?? 0) + 1)));
    if (row.n < metric.minimum && !metric.whole) return 0;
    const [low, high] = metric.whole ? [0, this.most ?? 1] : [this.least ?? 0, this.most ?? 1];
    const share = (row.value - low) / (high - low || 1);
    return Math.min(STEPS - 1, Math.max(0, Math.floor((metric.falls || metric.whole ? share : 1 - share) * STEPS)));
  }

  /** Mark the chosen cell of a row. @param {HTMLElement} row @param {boolean} here @param {string} column */
  choose(row, here, column) {
    for (const cell of /** @type {Iterable<HTMLElement>} */ (row.querySelectorAll("[data-column]"))) {
      cell.setAttribute("aria-selected", String(here && Boolean(column) && cell.dataset.column === column));
    }
  }
}
