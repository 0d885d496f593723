/** The value, its interval, and what it is compared with. */

import { find, make, mark, write } from "../core/dom.mjs";

export class Lead {
  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
  }

  /** @param {any} answer @param {any} whole the city's own answer, null where the city is asked about */
  show(answer, whole) {
    const { desk } = this;
    const { words, metric } = desk;
    const { total } = answer;
    write(find(this.part, ".lead-where"), `${desk.areaName()} · ${desk.periodName}`);
    write(find(this.part, ".lead-value"), metric.text(total?.value));
    write(find(this.part, ".lead-unit"), total?.value === null ? "" : metric.unit === "percent" ? "%" : metric.unitText);
    write(find(this.part, ".lead-interval"), this.#interval(total));
    mark(find(this.part, ".lead-number"), "misses", metric.misses(total) ? "true" : null);
    find(this.part, ".lead-compare").replaceChildren(...this.#compared(answer, whole).flatMap((line) => this.#line(line)), ...this.#since(), ...(total?.n ? [] : this.#ways()));
  }

  /** Ways out of an empty answer. */
  #ways() {
    const { words, question, metric, asked } = this.desk;
    const way = (/** @type {string} */ text, /** @type {() => void} */ go) => {
      const button = make("button", { type: "button", class: "text-link" }, text);
      button.addEventListener("click", go);
      return make("dd", { class: "lead-way" }, button);
    };
    const ways = [];
    if (asked.where.length) ways.push(way(words.say("desk.clear"), () => question.ask({ where: [] })));
    if (metric.timed && asked.period !== "days30") ways.push(way(words.say("period.days30"), () => question.ask({ period: "days30", from: "", to: "" })));
    return ways;
  }

  /** Say from when there is data, where the period began before. */
  #since() {
    const { words, metric, span, since, calendar } = this.desk;
    return metric.timed && since !== null && span.from < calendar.day(since) ? [make("dd", { class: "lead-way lead-none" }, words.say("analyst.since", { day: calendar.short(since) }))] : [];
  }

  /** What it is compared with, null where the log does not reach all of that time. @param {any} before */
  #known(before) {
    const { since, calendar } = this.desk;
    const begun = before?.span ? Date.parse(before.span[0] ?? before.span.from) : null;
    return begun === null || (since !== null && begun < calendar.day(since)) ? null : before;
  }

  /** @param {any} total */
  #interval(total) {
    const { words, metric, calendar, span } = this.desk;
    if (!total?.n) return words.say("analyst.nothing", { period: metric.timed ? calendar.range(span) : words.say("analyst.present") });
    const n = words.say("analyst.n", { n: words.count(total.n) });
    if (metric.whole) return "";
    if (total.low === null || total.low === undefined) return n;
    return `${words.say("analyst.interval", { low: words.decimal(total.low), high: words.decimal(total.high) })} · ${n}`;
  }

  /** @param {any} answer @param {any} whole @returns {{name: string, value: number|null, now: number|null, none: string}[]} */
  #compared(answer, whole) {
    const { desk } = this;
    const { words, question, metric } = desk;
    const now = answer.total?.value ?? null;
    const lines = [];
    for (const base of ["previous", "year"]) {
      if (!question.compares(base) || !metric.timed) continue;
      const before = this.#known(answer.compare?.[base]);
      lines.push({ name: words.say(`before.${base === "previous" && desk.asked.period === "week" ? "week" : base}`), value: before?.total?.value ?? null, now, none: words.say("analyst.no-data") });
    }
    if (whole?.total) lines.push({ name: words.say("before.city"), value: whole.total.value, now, none: words.say("unknown") });
    if (question.compares("target") && metric.target !== null) lines.push({ name: words.say("before.target"), value: metric.target, now, none: "" });
    return metric.whole && whole ? lines.filter((line) => line.name !== words.say("before.city")) : lines;
  }

  /** @param {{name: string, value: number|null, now: number|null, none: string}} line */
  #line({ name, value, now, none }) {
    const { words, metric } = this.desk;
    const term = make("dt", {}, name);
    if (value === null) return [term, make("dd", { class: "lead-none" }, none)];
    const difference = now === null ? null : Number(metric.whole ? now - value : (Math.round(now * 10) - Math.round(value * 10)) / 10);
    const glyph = difference === null ? "" : difference > 0 ? "▲" : difference < 0 ? "▼" : "";
    const amount = difference === null ? "" : difference === 0 ? words.say("compare.same") : metric.text(Math.abs(difference));
    const change = make("span", { class: "lead-change" }, make("span", { class: "lead-glyph" }, glyph), ` ${amount}`);
    return [term, make("dd", {}, make("b", {}, metric.text(value)), change)];
  }
}
