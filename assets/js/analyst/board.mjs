/** The leaderboard: value with its interval, rows behind it, what it contributes; beside it the table of two dimensions. */

import { axis } from "../chart/axis.mjs";
import { sized } from "../chart/lines.mjs";
import { find, make, mark, write } from "../core/dom.mjs";
import { Matrix } from "./matrix.mjs";
import { choice, percent } from "./parts.mjs";
import { kept, standings } from "./standing.mjs";
import { named } from "./tiles.mjs";

const PAGE = 60;

export class Board {
  /** @type {any} */
  answer = null;
  /** @type {import("./standing.mjs").Standing[]} */
  rows = [];
  shown = PAGE;

  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.table = find(part, ".board-table");
    this.matrix = new Matrix(part, desk, () => this.draw());
    this.table.addEventListener("click", (event) => this.#click(/** @type {HTMLElement} */ (event.target)));
    this.table.addEventListener("dblclick", () => this.drill());
    this.table.addEventListener("keydown", (event) => this.#key(event));
    find(part, '[data-do="pivot"]').addEventListener("click", () => desk.question.ask({ view: desk.asked.view === "pivot" ? "rank" : "pivot" }));
    find(part, '[data-do="drill"]').addEventListener("click", () => this.drill());
    sized(this.table, () => this.answer && this.draw());
  }

  head() {
    const { desk } = this;
    const { words, asked } = desk;
    const pivot = asked.view === "pivot";
    mark(this.part, "view", asked.view);
    find(this.part, '[data-do="pivot"]').setAttribute("aria-pressed", String(pivot));
    const options = /** @type {[string, string][]} */ ([...desk.dimensions.values()].map((one) => [one.name, words.field(one, "name")]));
    const [by, cross] = [desk.dimensionName(desk.by), desk.dimensionName(desk.cross)];
    choice(find(this.part, '[data-choice="by"]'), words.say("analyst.rows-by"), words.say(pivot ? "analyst.pivot-rows" : "analyst.ranking", { name: by }), options, desk.by, (value) => desk.question.ask({ by: value }));
    choice(find(this.part, '[data-choice="cross"]'), words.say("analyst.columns-by"), pivot ? cross : `${cross} × ${by}`, options.filter(([name]) => name !== desk.by), desk.cross, (value) => desk.question.ask({ cross: value }));
    write(find(this.part, ".board-ranking .head-words"), this.#words());
    const deeper = desk.isLevel(desk.by);
    write(find(this.part, ".drill-words"), words.say(deeper ? "analyst.drill" : "analyst.narrow"));
  }

  #words() {
    const { words, metric, asked } = this.desk;
    const pulled = ["ratio", "mean"].includes(metric.said.kind);
    const sorted = words.say(`sorted.${asked.sort === "contribution" && !pulled ? "value" : asked.sort}`);
    if (!metric.ratio) return sorted;
    return metric.target === null ? `${sorted} · ${words.say("analyst.line-is")}` : `${sorted} · ${words.say("analyst.line-is")} · ${words.say("analyst.red-is", { target: metric.full(metric.target) })}`;
  }

  /** @param {any} answer */
  show(answer) {
    const { desk } = this;
    this.answer = answer;
    this.shown = PAGE;
    this.rows = standings(answer.rows, desk.by, desk.metric, desk.asked.sort, (row) => desk.rowName({ ...row, ...named(desk, desk.by, row) }));
    this.draw();
  }

  draw() {
    if (!this.answer) return;
    const { desk } = this;
    const ranked = this.rows.filter((one) => one.ranked);
    this.scale = this.#scale(ranked);
    this.reach = Math.max(1e-9, ...this.rows.map(({ row }) => Math.abs(row.contribution ?? 0)));
    this.negative = this.rows.some(({ row }) => (row.contribution ?? 0) < 0);
    mark(this.table, "bars", this.answer.contribution_to ?? "none");
    mark(this.table, "names", desk.isLevel(desk.by) ? "short" : "long");
    this.matrix.layout(this.table.clientWidth);
    const shown = this.rows.slice(0, this.shown);
    const more = this.rows.length - shown.length;
    const had = this.table.contains(document.activeElement);
    this.table.replaceChildren(this.#header(), this.#row(null), ...shown.map((one) => this.#row(one)), ...(more ? [this.#more(more)] : []));
    shown.forEach((one, at) => !one.ranked && shown[at - 1]?.ranked && mark(/** @type {HTMLElement} */ (this.table.children[at + 2]), "unranked", "first"));
    mark(this.table, "empty", this.rows.length ? "" : desk.words.say("analyst.no-rows"));
    this.chosen();
    if (had) this.#at(desk.asked.row)?.focus();
  }

  /** @param {import("./standing.mjs").Standing[]} ranked */
  #scale(ranked) {
    const { metric } = this.desk;
    const wide = ranked.flatMap(({ row }) => [row.value, row.low, row.high]).filter((value) => value !== null && value !== undefined);
    const target = metric.target === null ? [] : [metric.target];
    return axis([...wide, ...target], { count: 3, least: 0, most: metric.unit === "percent" ? 100 : Infinity });
  }

  #header() {
    const { words, metric } = this.desk;
    const { low, high, ticks } = this.scale ?? { low: 0, high: 1, ticks: [] };
    const tick = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
    const numbers = ticks.map((value) => {
      const text = make("i", { class: "axis-tick" }, tick.format(value));
      text.style.left = percent(value, low, high);
      return text;
    });
    const unit = metric.unit === "percent" ? "%" : metric.unitText || words.say("analyst.value");
    const to = this.answer.contribution_to;
    const left = make(
      "div",
      { class: "row-left", role: "presentation" },
      cell("columnheader", "row-place", words.say("analyst.place")),
      cell("columnheader", "row-name", this.desk.dimensionName(this.desk.by)),
      this.#sorter("value", "row-value", unit),
      make("span", { class: "row-axis", role: "columnheader", "aria-label": words.say("analyst.axis") }, ...numbers),
      this.#sorter("n", "row-n", "n"),
      to ? this.#sorter("contribution", "row-bar", words.say(`contribution.${to}`)) : cell("columnheader", "row-bar", ""),
    );
    return make("div", { class: "row row-head", role: "row" }, left, this.matrix.header());
  }

  /** @param {string} sort @param {string} name @param {string} text */
  #sorter(sort, name, text) {
    const on = this.desk.asked.sort === sort;
    const button = make("button", { type: "button", class: "rank-sorter", "data-sort": sort }, text, make("i", { "aria-hidden": "true" }, on ? " ↑" : ""));
    return make("span", { class: name, role: "columnheader", "aria-sort": on ? "ascending" : "none" }, button);
  }

  /** One row, or the total of all. @param {import("./standing.mjs").Standing|null} one */
  #row(one) {
    const { desk, answer } = this;
    const { metric, words } = desk;
    const row = one?.row ?? { ...answer.total, contribution: this.#sum() };
    const red = metric.misses(row) && (one ? one.ranked : false);
    const left = make(
      "div",
      { class: "row-left", role: "presentation" },
      cell("gridcell", "row-place", one ? (one.place === null ? "—" : String(one.place)) : ""),
      cell("rowheader", "row-name", one ? one.name : desk.areaName()),
      cell("gridcell", "row-value", one && !one.ranked ? "—" : metric.text(row.value)),
      one && !one.ranked ? cell("gridcell", "row-axis row-small", this.#small(row)) : this.#dot(row),
      cell("gridcell", "row-n", words.count(row.n)),
      this.#bar(row),
    );
    const drawn = make("div", { class: one ? "row" : "row row-total", role: "row", tabindex: "-1", "data-row": one ? one.id : "" }, left, this.matrix.cells(one));
    mark(drawn, "misses", red ? "true" : null);
    if (one && !one.ranked) mark(drawn, "unranked", "true");
    return drawn;
  }

  /** What all rows contribute together. */
  #sum() {
    return this.answer.contribution_to ? this.answer.rows.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + (row.contribution ?? 0), 0) : null;
  }

  /** @param {any} row */
  #small(row) {
    const { words, metric } = this.desk;
    const parts = metric.ratio ? ` (${words.count(row.numerator)}/${words.count(row.denominator)})` : ` (${metric.full(row.value)})`;
    return words.say("analyst.unranked", { minimum: metric.minimum }) + parts;
  }

  /** @param {any} row */
  #dot(row) {
    const { metric, words } = this.desk;
    const { low, high } = /** @type {any} */ (this.scale);
    const room = make("span", { class: "row-axis", role: "gridcell" });
    if (metric.target !== null && metric.target >= low && metric.target <= high) room.append(placed("rank-target", percent(metric.target, low, high)));
    if (row.value === null || row.value > high || row.value < low) return room;
    if (row.low !== null && row.low !== undefined) {
      const whisker = placed("rank-whisker", percent(row.low, low, high));
      whisker.style.right = `calc(100% - ${percent(row.high, low, high)})`;
      room.append(whisker);
      room.setAttribute("aria-label", words.say("analyst.interval", { low: words.decimal(row.low), high: words.decimal(row.high) }));
    } else room.setAttribute("aria-label", metric.full(row.value));
    room.append(placed("rank-dot", percent(row.value, low, high)));
    return room;
  }

  /** @param {any} row */
  #bar(row) {
    const room = make("span", { class: "row-bar", role: "gridcell" });
    const value = row.contribution;
    if (value === null || value === undefined) return room;
    const zero = this.negative ? (this.rows.some((one) => one.row.contribution > 0) ? 68 : 100) : 0;
    const size = Math.abs(value) > this.reach ? 0 : (Math.abs(value) / this.reach) * (value < 0 ? zero : this.negative ? Math.min(100 - zero, zero) : 100);
    const bar = make("i", { class: "bar-part" });
    bar.style.left = `${value < 0 ? zero - size : zero}%`;
    bar.style.width = `${size}%`;
    const base = placed("bar-zero", `${zero}%`);
    const text = this.answer.contribution_to === "whole" ? `${this.desk.words.decimal(value)}%` : signed(value);
    mark(room, "side", (this.desk.metric.falls ? -value : value) < 0 ? "drag" : "lift");
    room.append(make("span", { class: "bar-room", "aria-hidden": "true" }, bar, base), make("span", { class: "bar-text" }, text));
    return room;
  }

  /** @param {number} count */
  #more(count) {
    const button = make("button", { type: "button", class: "text-link", "data-more": true }, this.desk.words.say("analyst.more-rows", { count: this.desk.words.count(count) }));
    return make("div", { class: "row row-more", role: "row" }, make("span", { role: "gridcell" }, button));
  }

  /** Mark what is chosen. */
  chosen() {
    const { row, column } = this.desk.asked;
    for (const node of /** @type {Iterable<HTMLElement>} */ (this.table.querySelectorAll("[data-row]"))) {
      const here = Boolean(row) && node.dataset.row === row;
      node.setAttribute("aria-selected", String(here));
      node.tabIndex = here || (!row && node === this.table.children[2]) ? 0 : -1;
      this.matrix.choose(node, row || column ? node.dataset.row === row : false, column);
    }
  }

  /** @param {HTMLElement} target */
  #click(target) {
    const { question } = this.desk;
    const sort = /** @type {HTMLElement|null} */ (target.closest("[data-sort]"));
    if (sort) return question.ask({ sort: sort.dataset.sort });
    if (target.closest("[data-more]")) {
      this.shown += PAGE;
      return this.draw();
    }
    const row = /** @type {HTMLElement|null} */ (target.closest("[data-row]"));
    if (!row) return undefined;
    const column = /** @type {HTMLElement|null} */ (target.closest("[data-column]"));
    row.focus({ preventScroll: true });
    return question.choose({ row: row.dataset.row ?? "", column: column?.dataset.column ?? "" });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const cells = [...(/** @type {HTMLElement} */ (event.target).closest(".row")?.querySelectorAll("[data-column]") ?? [])];
    if (event.key === "Enter" && /** @type {HTMLElement} */ (event.target).matches("[data-column]")) {
      this.#click(/** @type {HTMLElement} */ (event.target));
    } else if (["ArrowRight", "ArrowLeft"].includes(event.key) && cells.length) {
      const next = cells.indexOf(/** @type {HTMLElement} */ (event.target)) + (event.key === "ArrowRight" ? 1 : -1);
      const to = next < 0 ? /** @type {HTMLElement} */ (event.target).closest(".row") : cells[Math.min(next, cells.length - 1)];
      /** @type {HTMLElement} */ (to).focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Choose the next or the row before. @param {number} step */
  step(step) {
    const { asked, question } = this.desk;
    const shown = this.rows.slice(0, this.shown);
    const at = shown.findIndex(({ id }) => id === asked.row);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    if (!next) return;
    question.choose({ row: next.id, column: asked.column });
    this.#at(next.id)?.focus();
  }

  /** @param {string} id @returns {HTMLElement|null} */
  #at(id) {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.table.querySelectorAll("[data-row]"))].find((node) => id && node.dataset.row === id) ?? null;
  }

  /** Go into the chosen row: an area one level down, anything else as a filter. */
  drill() {
    const { desk } = this;
    const { row } = desk.asked;
    if (!row) return;
    if (desk.isLevel(desk.by) && desk.geography.areas[row]) desk.question.ask({ area: row, by: "" });
    else desk.question.toggle(desk.by, kept(row));
  }
}

/** @param {string} role @param {string} name @param {string} text */
function cell(role, name, text) {
  return make("span", { class: name, role, title: text }, text);
}

/** @param {string} name @param {string} left */
function placed(name, left) {
  const part = make("i", { class: name });
  part.style.left = left;
  return part;
}

/** @param {number} value */
function signed(value) {
  const text = Math.abs(value).toFixed(2);
  return Number(text) === 0 ? "0.00" : `${value < 0 ? "−" : "+"}${text}`;
}
