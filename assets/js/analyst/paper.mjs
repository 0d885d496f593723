/** The passport of the value: its formula with its numbers, the rows of each part, what was agreed, the SQL. */

import { find, make, write } from "../core/dom.mjs";

/** @typedef {{name: string, name_zh: string, name_en: string, rows: number}} Part */

export class Paper {
  /** @type {any} */
  shown = null;

  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    find(part, '[data-do="sql"]').addEventListener("click", () => this.sql());
  }

  /** Show what the catalogue knows of another metric before its numbers are there. */
  expect() {
    const { words, metric } = this.desk;
    if (this.shown?.metric.name === metric.name) return;
    this.#head(metric.said);
    find(this.part, ".paper-facts").replaceChildren(make("dt", {}, words.say("fact.what")), make("dd", {}, words.field(metric.said, "what")));
  }

  /** @param {any} said */
  #head(said) {
    const { words } = this.desk;
    write(find(this.part, ".paper-title"), words.field(said, "name"));
    write(find(this.part, ".paper-version"), words.say("analyst.version", { version: said.version }));
  }

  /** @param {any} paper */
  show(paper) {
    this.shown = paper;
    const { metric } = this.desk;
    this.#head(paper.metric);
    find(this.part, ".paper-formula").replaceChildren(...this.#formula(paper, metric));
    find(this.part, ".paper-parts").replaceChildren(...this.#parts(paper));
    find(this.part, ".paper-facts").replaceChildren(...this.#facts(paper).flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]));
  }

  /** @param {any} paper @param {import("./metric.mjs").Metric} metric */
  #formula(paper, metric) {
    const { words } = this.desk;
    const value = make("span", { class: "formula-value" }, metric.full(paper.value));
    if (!metric.ratio) return [value, make("span", { class: "formula-words" }, words.language === "zh" ? paper.metric.formula_zh : paper.metric.formula)];
    const [top, bottom] = this.#sides(paper);
    const side = (/** @type {string} */ name, /** @type {string} */ text, /** @type {number} */ rows) =>
      make("span", { class: name }, make("b", {}, words.count(rows)), ` ${text}`);
    const fraction = make("span", { class: "fraction" }, side("fraction-top", top, this.#rows(paper, "numerator")), side("fraction-bottom", bottom, this.#rows(paper, "denominator")));
    return [value, make("span", { class: "formula-is", "aria-hidden": "true" }, "="), fraction];
  }

  /** What stands above and below the line of the fraction, from the formula in words. @param {any} paper */
  #sides(paper) {
    const { words } = this.desk;
    const told = String(words.language === "zh" ? paper.metric.formula_zh : paper.metric.formula);
    const [top, bottom] = told.split(/\s*[÷/]\s*/);
    return bottom ? [top, bottom].map((side) => side.replace(/\s*[(\uff08].*$/, "")) : [words.say("analyst.numerator"), words.say("analyst.denominator")];
  }

  /** @param {any} paper @param {string} name */
  #rows(paper, name) {
    return paper.parts.find((/** @type {Part} */ part) => part.name === name)?.rows ?? null;
  }

  /** @param {any} paper @returns {HTMLElement[]} */
  #parts(paper) {
    const { words, metric } = this.desk;
    const shown = metric.ratio ? paper.parts : paper.parts.filter((/** @type {Part} */ part) => part.name === "denominator");
    const sides = metric.ratio ? this.#sides(paper) : [];
    const lines = shown.map((/** @type {Part} */ part, /** @type {number} */ at) => this.#part(part, this.desk.rowsText(part.rows), "paper-line", sides[at]));
    const out = paper.exclusions.filter((/** @type {Part} */ part) => part.rows > 0);
    const total = paper.exclusions.reduce((/** @type {number} */ sum, /** @type {Part} */ part) => sum + part.rows, 0);
    const head = make("p", { class: "parts-out" }, words.say("analyst.left-out", { count: words.count(total) }));
    return [...lines, head, ...out.map((/** @type {Part} */ part) => this.#part(part, words.count(part.rows), "paper-line paper-line-out"))];
  }

  /** @param {Part} part @param {string} text @param {string} name @param {string} [told] what it is in words */
  #part(part, text, name, told) {
    const { words, question, metric } = this.desk;
    const title = part.name === "denominator" && !metric.ratio ? words.say("analyst.counted") : words.field(part, "name");
    const line = make("button", { type: "button", class: name, "data-part": part.name }, make("span", { class: told ? "paper-line-label" : "" }, title), ...(told ? [make("span", { title: told }, told)] : []), make("span", { class: "paper-line-rows" }, text));
    line.addEventListener("click", () => question.choose({ part: part.name }));
    return line;
  }

  /** @param {any} paper @returns {[string, string][]} */
  #facts(paper) {
    const { words, metric, calendar } = this.desk;
    const said = paper.metric;
    const by = words.field(paper, "period");
    const span = paper.span ? ` · ${calendar.range({ from: Date.parse(paper.span[0] ?? paper.span.from), to: Date.parse(paper.span[1] ?? paper.span.to) })}` : "";
    const interval = metric.ratio ? words.say("analyst.wilson", { minimum: metric.minimum }) : words.say("analyst.no-interval", { minimum: metric.minimum });
    const facts = [
      [words.say("fact.what"), words.field(said, "what")],
      [words.say("fact.timing"), by + span],
      [words.say("fact.interval"), interval],
      [words.say("fact.target"), metric.target === null ? words.say("analyst.no-target") : metric.full(metric.target)],
      [words.say("fact.as-of"), words.time("moment", paper.as_of)],
      [words.say("fact.source"), said.source],
      [words.say("fact.owner"), said.owner],
    ];
    return /** @type {[string, string][]} */ (facts);
  }

  /** Show the SQL that gave the number. */
  sql() {
    if (!this.shown) return;
    const { words, screen } = this.desk;
    const shut = make("button", { type: "button", class: "button-line" }, words.say("passport.close"));
    const dialog = /** @type {HTMLDialogElement} */ (
      make("dialog", { class: "sql-sheet", "aria-label": words.say("analyst.sql") }, make("h2", {}, words.field(this.shown.metric, "name")), make("pre", { tabindex: "0" }, this.shown.sql), shut)
    );
    shut.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    screen.page.root.append(dialog);
    dialog.showModal();
  }
}
