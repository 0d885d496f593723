/** Small multiples: the metric for each value of a dimension, all on one axis; red where the whole interval misses the target. */

import { axis } from "../chart/axis.mjs";
import { drawLines, levelLine, sized } from "../chart/lines.mjs";
import { svgPart } from "../chart/svg.mjs";
import { find, make, mark, write } from "../core/dom.mjs";
import { choice, percent } from "./parts.mjs";
import { idOf, kept } from "./standing.mjs";
import { points } from "./trend.mjs";

const MOST = 6;

export class Tiles {
  /** @type {any} */
  answer = null;
  /** @type {any} */
  lines = null;

  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.room = find(part, ".facets");
    sized(this.room, () => this.answer && this.draw());
  }

  head() {
    const { desk } = this;
    const { words } = desk;
    const options = [...desk.dimensions.values()].filter(({ name }) => name !== "local_day" && name !== "city");
    const told = /** @type {[string, string][]} */ (options.map((one) => [one.name, words.field(one, "name")]));
    choice(find(this.part, "h2"), words.say("analyst.tiles"), words.say("analyst.by", { name: desk.dimensionName(desk.asked.split) }), told, desk.asked.split, (split) => desk.question.ask({ split }));
  }

  /** @param {any} answer @param {any} lines the trend of each */
  show(answer, lines) {
    [this.answer, this.lines] = [answer, lines];
    this.draw();
  }

  draw() {
    const { desk } = this;
    const { words, metric } = desk;
    const split = desk.asked.split;
    const rows = this.answer.rows.filter((/** @type {any} */ row) => row.n > 0).sort((/** @type {any} */ a, /** @type {any} */ b) => b.n - a.n);
    const shown = rows.slice(0, MOST);
    const series = new Map(this.lines.series.map((/** @type {any} */ one) => [idOf(one, split), points(one.points, desk.since, desk.partial)]));
    const drawn = shown.map((/** @type {any} */ row) => ({ row, line: /** @type {ReturnType<typeof points>} */ (series.get(idOf(row, split)) ?? []) }));
    const values = drawn.flatMap((/** @type {any} */ one) => one.line.map((/** @type {any} */ point) => point.value)).filter((/** @type {any} */ value) => value !== null);
    const target = metric.target !== null && desk.question.compares("target") ? [metric.target] : [];
    const range = axis([...values, ...target], { count: 3, least: 0, most: metric.unit === "percent" ? 100 : Infinity });
    write(find(this.part, ".head-words"), this.#words(range, rows.length));
    mark(this.room, "empty", rows.length ? "" : words.say("analyst.no-rows"));
    this.room.replaceChildren(...drawn.map((/** @type {any} */ one) => this.#tile(one, split)));
    const most = Math.max(...shown.map((/** @type {any} */ row) => row.value ?? 0));
    for (const tile of this.room.children) this.#line(/** @type {HTMLElement} */ (tile), range, most);
  }

  /** @param {{low: number, high: number}} range @param {number} count */
  #words({ low, high }, count) {
    const { words, metric } = this.desk;
    const unit = metric.unit === "percent" ? "%" : ` ${metric.unitText}`.trimEnd();
    const parts = metric.timed ? [words.say("analyst.one-axis", { low: words.count(low), high: words.count(high) }) + unit] : [];
    if (metric.timed && metric.target !== null) parts.push(words.say("analyst.dotted"));
    if (count > MOST) parts.push(words.say("analyst.of-all", { shown: MOST, count: words.count(count) }));
    return parts.join(" · ");
  }

  /** @param {{row: any, line: any[]}} one @param {string} split */
  #tile({ row, line }, split) {
    const { desk } = this;
    const { words, metric } = desk;
    const tile = make(
      "button",
      { type: "button", class: "facet" },
      make("span", { class: "facet-name" }, desk.rowName({ ...row, ...named(desk, split, row) })),
      make("span", { class: "facet-value" }, metric.text(row.value)),
      make("span", { class: "facet-room" }),
      make("span", { class: "facet-n" }, metric.whole ? "" : words.say("analyst.n", { n: words.count(row.n) })),
      make("span", { class: "facet-met" }, metric.meets(row) ? words.say("analyst.met") : ""),
    );
    Object.assign(tile, { line, value: row.value });
    mark(tile, "misses", metric.misses(row) ? "true" : null);
    tile.setAttribute("aria-pressed", String(desk.question.narrowed(split).includes(kept(idOf(row, split)))));
    tile.addEventListener("click", () => (desk.isLevel(split) && row.key[split] ? desk.question.ask({ area: row.key[split], by: "" }) : desk.question.toggle(split, kept(idOf(row, split)))));
    return tile;
  }

  /** A line, or a bar where the metric has no past. @param {HTMLElement} tile @param {{low: number, high: number}} range @param {number} most */
  #line(tile, { low, high }, most) {
    const room = find(tile, ".facet-room");
    const { width, height } = room.getBoundingClientRect();
    const { line, value } = /** @type {any} */ (tile);
    if (!line.length) {
      const bar = make("i", { class: "facet-share" });
      bar.style.width = percent(value ?? 0, 0, most);
      return room.replaceChildren(bar);
    }
    if (!width) return undefined;
    const frame = { width, height, from: line[0].at, to: line[line.length - 1].at, low, high, left: 1, right: 6, top: 4, bottom: 4 };
    const { metric, question } = this.desk;
    const target = metric.target !== null && question.compares("target") ? [levelLine(frame, metric.target, "target-line")] : [];
    return room.replaceChildren(svgPart("svg", { width, height, "aria-hidden": "true" }, ...target, ...drawLines(frame, [{ points: line, kind: "second", dot: true }])));
  }
}

/** The words of a value that has them in the catalogue rather than in the data. @param {import("./desk.mjs").Desk} desk @param {string} dimension @param {any} row */
export function named(desk, dimension, row) {
  const own = desk.words.messages[`${dimension}.${row.key?.[dimension]}`];
  return own ? { name_zh: own, name_en: own } : {};
}
