/** What every part of the analyst's screen shares: the question, the catalogue, the words, the way to ask. */

import { Metric } from "./metric.mjs";

/** Below so few areas a level says little: the next finer one is shown. */
const FEWEST = 3;
/** Where nothing finer lies inside an area. */
const ELSE = "category_group";

/** @typedef {{name: string, name_zh: string, name_en: string, kind: string}} Dimension */

export class Desk {
  /** @type {Map<string, Metric>} */
  metrics = new Map();
  /** @type {Map<string, Dimension>} */
  dimensions = new Map();
  /** @type {any} the answer that is shown */
  answer = null;
  asOf = "";
  /** @type {string[]|null} */
  endings = null;
  /** Before this the log knows nothing. @type {number|null} */
  since = null;

  /**
   * @param {HTMLElement} root @param {import("../core/follow.mjs").Screen} screen @param {import("./question.mjs").Question} question
   * @param {import("./source.mjs").Source} source @param {import("./calendar.mjs").Calendar} calendar
   */
  constructor(root, screen, question, source, calendar) {
    Object.assign(this, { root, screen, question, source, calendar });
    this.root = root;
    this.screen = screen;
    this.question = question;
    this.source = source;
    this.calendar = calendar;
    this.words = screen.words;
    this.geography = screen.geography;
  }

  /** @param {any} said the server's catalogue */
  know(said) {
    this.metrics = new Map(said.metrics.map((/** @type {any} */ one) => [one.name, new Metric(one, this.words)]));
    this.dimensions = new Map(said.dimensions.map((/** @type {any} */ one) => [one.name, one]));
    this.asOf = said.as_of;
    this.calendar.year = this.calendar.local(Date.parse(said.as_of)).year;
    this.since = said.since ? Date.parse(said.since) : null;
  }

  get asked() {
    return this.question.asked;
  }

  /** @returns {Metric} */
  get metric() {
    return /** @type {Metric} */ (this.metrics.get(this.asked.metric) ?? this.metrics.values().next().value);
  }

  get now() {
    const { clock } = this.screen;
    const at = clock.running ? clock.now() : Date.parse(this.asOf);
    return Math.floor(at / 1000) * 1000;
  }

  /** The period that is asked about. @returns {import("./calendar.mjs").Span} */
  get span() {
    const { from, to, period } = this.asked;
    return from && to ? { from: Date.parse(from), to: Date.parse(to) } : this.calendar.span(period, this.now);
  }

  /** Whether the last day of a sum is not over: it tells too little beside whole ones. */
  get partial() {
    return this.metric.whole && this.metric.timed && this.calendar.day(this.span.to) !== this.span.to;
  }

  /** The dimension of the leaderboard: the one asked for, or the next finer level of areas. */
  get by() {
    const { by, area } = this.asked;
    if (by) return by;
    const inside = this.geography.inside(area);
    const levels = this.geography.levels.filter((level) => inside[level] && this.dimensions.has(level));
    return levels.find((level) => inside[level] >= FEWEST) ?? levels.at(-1) ?? ELSE;
  }

  /** The dimension that crosses it: another one. */
  get cross() {
    const { cross } = this.asked;
    return cross === this.by ? ([...this.dimensions.keys()].find((one) => one !== this.by && !this.isLevel(one)) ?? cross) : cross;
  }

  /** @param {string} dimension */
  isLevel(dimension) {
    return this.geography.levels.includes(dimension) || dimension === "city";
  }

  /** @param {string} dimension */
  dimensionName(dimension) {
    const said = this.dimensions.get(dimension);
    return said ? this.words.field(said, "name") : dimension;
  }

  /** @param {string} [id] */
  areaName(id = this.asked.area) {
    if (id === this.geography.path(id)[0]) return this.words.say("analyst.whole-city");
    const area = this.geography.areas[id];
    return area ? this.#short(this.words.field(area, "name")) : id;
  }

  /** A name without the ending that all its siblings have. @param {string} name */
  #short(name) {
    this.endings ??= this.words.say("map.endings").split("|");
    const ending = this.endings.find((end) => name.length > end.length + 1 && name.endsWith(end));
    return ending ? name.slice(0, -ending.length) : name;
  }

  /**
   * The parameters of a question.
   * @param {Record<string, string>} [more] @param {{span?: import("./calendar.mjs").Span, where?: string[], metric?: Metric}} [other]
   */
  query(more = {}, { span = this.span, where = this.asked.where, metric = this.metric } = {}) {
    const query = new URLSearchParams({ metric: metric.name, area: this.asked.area });
    if (metric.timed) {
      query.set("from", new Date(span.from).toISOString());
      query.set("to", new Date(span.to).toISOString());
    }
    for (const one of where) query.append("where", one);
    for (const [name, value] of Object.entries(more)) query.set(name, value);
    return query;
  }

  /** What the period is called in a sentence. */
  get periodName() {
    if (!this.metric.timed) return this.words.say("analyst.present");
    const { from, period } = this.asked;
    return from ? this.calendar.range(this.span) : this.words.say(`period.${period}`);
  }

  /** The name of a row of an answer. @param {any} row */
  rowName(row) {
    return this.#within(this.#short(this.words.field(row, "name"))) || this.words.say("analyst.unnamed");
  }

  /** How many rows, in words. @param {number} count */
  rowsText(count) {
    return count === 1 ? this.words.say("analyst.one-row") : this.words.say("analyst.count-rows", { count: this.words.count(count) });
  }

  /** The name of a grid without that of its village, which all its siblings begin with. @param {string} name */
  #within(name) {
    const { areas, levels } = this.geography;
    const here = areas[this.asked.area];
    if (here?.level !== levels.at(-2)) return name;
    const around = this.words.field(here, "name");
    const begins = [around, this.#short(around)].find((one) => one && name.length > one.length && name.startsWith(one));
    return begins ? name.slice(begins.length).trim() : name;
  }

  /** Say to a screen reader. @param {string} text */
  announce(text) {
    const announcer = document.querySelector("[data-announcer]");
    if (announcer) announcer.textContent = text;
  }
}
