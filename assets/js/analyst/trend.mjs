/** The trend: a moving week over eight weeks, last year or the time before dashed, the target dotted; drag to choose the period. */

import { axis } from "../chart/axis.mjs";
import { drawLines, label, levelLine, scales, sized } from "../chart/lines.mjs";
import { svgPart } from "../chart/svg.mjs";
import { find, mark, write } from "../core/dom.mjs";
import { DAY } from "./calendar.mjs";

export const WEEKS = 8;
const EDGE = { left: 32, right: 56, top: 8, bottom: 22 };
const WIDER = 24;

export class Trend {
  /** @type {any} */
  answer = null;
  /** @type {number|null} where dragging began */
  #begun = null;

  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.room = find(part, "[data-trend]");
    this.svg = svgPart("svg", { class: "trend-lines", role: "img", "aria-hidden": "true" });
    this.room.append(this.svg);
    this.width = 0;
    this.height = 0;
    sized(this.room, (width, height) => {
      [this.width, this.height] = [width, height];
      this.draw();
    });
    this.room.addEventListener("pointerdown", (event) => this.#press(event));
    this.room.addEventListener("pointermove", (event) => this.#drag(event));
    this.room.addEventListener("pointerup", (event) => this.#release(event));
    find(part, '[data-do="earlier"]').addEventListener("click", () => this.move(-1));
    find(part, '[data-do="later"]').addEventListener("click", () => this.move(1));
  }

  /** The eight weeks that the picture shows: up to the end of the period, or all of a longer one. */
  get span() {
    const { span, calendar, metric } = this.desk;
    const to = metric.timed ? span.to : this.desk.now;
    return { from: Math.min(metric.timed ? span.from : Infinity, calendar.day(to, -7 * WEEKS)), to };
  }

  get weeks() {
    const { from, to } = this.shown ?? this.span;
    return Math.round((to - from) / (7 * DAY));
  }

  /** @param {any} answer */
  show(answer) {
    this.answer = answer;
    this.shown = this.span;
    this.draw();
  }

  draw() {
    const { words } = this.desk;
    const { timed } = this.desk.metric;
    const still = Boolean(this.answer?.still);
    mark(find(this.part, ".trend"), "still", timed ? null : "true");
    write(find(this.part, ".trend-title"), still ? "" : timed ? words.say("analyst.trend", { weeks: this.weeks }) : words.say("analyst.stock", { weeks: this.weeks }));
    if (!this.width || !this.answer) return;
    this.svg.setAttribute("width", String(this.width));
    this.svg.setAttribute("height", String(this.height));
    this.svg.setAttribute("aria-label", this.#told());
    this.svg.removeAttribute("aria-hidden");
    const now = points(this.answer.series?.[0]?.points ?? [], this.desk.since, this.desk.partial);
    if (!now.some(({ value }) => value !== null)) {
      this.svg.replaceChildren(label(still ? words.say("analyst.still") : words.say("analyst.no-trend"), this.width / 2, this.height / 2, { "text-anchor": "middle" }));
      return;
    }
    const before = this.#before();
    this.frame = this.#frame(now, before);
    this.svg.replaceChildren(...this.#grid(this.frame), ...this.#window(this.frame), ...drawLines(this.frame, [...before.map(({ points: one }) => ({ points: one, kind: /** @type {const} */ ("before") })), { points: now, kind: "now", dot: true }]), ...this.#names(this.frame, now, before));
  }

  /** The times before, as the server laid them onto this one. */
  #before() {
    const { words } = this.desk;
    return ["year", "previous"].flatMap((name) => {
      const told = points(this.answer.compare?.[name]?.series?.[0]?.points ?? [], this.desk.since);
      return told.filter(({ value }) => value !== null).length < 2 ? [] : [{ name: words.say(`line.${name}`, { weeks: this.weeks }), points: told }];
    });
  }

  /** @param {ReturnType<typeof points>} now @param {{points: ReturnType<typeof points>}[]} before */
  #frame(now, before) {
    const { metric, question } = this.desk;
    const target = metric.target !== null && question.compares("target") ? [metric.target] : [];
    const values = [...now, ...before.flatMap((one) => one.points)].map(({ value }) => value).filter((value) => value !== null);
    const { low, high, ticks } = axis([.../** @type {number[]} */ (values), ...target], { count: 2, least: 0, most: metric.unit === "percent" ? 100 : Infinity });
    const { from, to } = this.shown ?? this.span;
    const left = 10 + 7 * Math.max(3, ...ticks.map((value) => this.#tick(value).length));
    const right = EDGE.right + (this.desk.words.language === "en" ? WIDER : 0);
    return { width: this.width, height: this.height, from, to, low, high, ticks, ...EDGE, left, right };
  }

  /** @param {any} frame */
  #grid(frame) {
    const { calendar, metric, question } = this.desk;
    const { x, y } = scales(frame);
    const parts = frame.ticks.flatMap((/** @type {number} */ value) => [levelLine(frame, value, "grid-line"), label(this.#tick(value), frame.left - 8, y(value) + 4, { "text-anchor": "end" })]);
    const days = (frame.to - frame.from) / DAY;
    const step = Math.ceil(days / Math.max(2, Math.floor((frame.width - 100) / 84)));
    for (let day = calendar.day(frame.from, step > 2 ? 1 : 0); day < frame.to; day = calendar.day(day, step)) {
      if (x(day) < frame.width - frame.right - 12) parts.push(label(calendar.say(day), x(day), frame.height - 4, { "text-anchor": "middle" }));
    }
    if (metric.target !== null && question.compares("target")) parts.push(levelLine(frame, metric.target, "target-line"));
    return parts;
  }

  /** @param {number} value */
  #tick(value) {
    return new Intl.NumberFormat(this.desk.words.language === "en" ? "en-GB" : "zh-CN", { maximumFractionDigits: 2 }).format(value);
  }

  /** The period that the answer is about. @param {any} frame */
  #window(frame) {
    const { span, metric } = this.desk;
    if (!metric.timed) return [];
    const { x } = scales(frame);
    const [from, to] = this.chosen ?? [span.from, span.to];
    const [a, b] = [x(Math.max(from, frame.from)), x(Math.min(to, frame.to))];
    const [top, bottom] = [EDGE.top - 6, frame.height - EDGE.bottom];
    return [
      svgPart("rect", { x: a, y: top, width: Math.max(2, b - a), height: bottom - top, class: "trend-window" }),
      ...[a, b].map((at) => svgPart("line", { x1: at, x2: at, y1: top, y2: bottom, class: "trend-window-edge" })),
    ];
  }

  /** Names at the ends of the lines, kept apart. @param {any} frame @param {any[]} now @param {{name: string, points: any[]}[]} before */
  #names(frame, now, before) {
    const { words, metric, question } = this.desk;
    const { y } = scales(frame);
    const end = (/** @type {any[]} */ line) => line.findLast(({ value }) => value !== null)?.value;
    const wanted = [{ text: words.say("line.now"), at: y(end(now)), name: "line-label line-label-now" }];
    if (metric.target !== null && question.compares("target")) wanted.push({ text: words.say("line.target"), at: y(metric.target), name: "line-label" });
    for (const one of before) wanted.push({ text: one.name, at: y(end(one.points)), name: "line-label" });
    wanted.sort((a, b) => a.at - b.at);
    for (let i = 1; i < wanted.length; i += 1) wanted[i].at = Math.max(wanted[i].at, wanted[i - 1].at + 16);
    const spill = Math.max(0, (wanted.at(-1)?.at ?? 0) - (frame.height - EDGE.bottom));
    return wanted.map(({ text, at, name }) => label(text, frame.width - frame.right + 10, at - spill + 4, { class: name }));
  }

  /** What the picture shows, in a sentence. */
  #told() {
    const { words, metric, calendar } = this.desk;
    const known = points(this.answer?.series?.[0]?.points ?? [], this.desk.since, this.desk.partial).filter(({ value }) => value !== null);
    if (!known.length) return words.say("analyst.no-trend");
    const [first, last] = [known[0], known[known.length - 1]];
    return words.say("analyst.trend-told", { from: calendar.say(first.at), first: metric.full(first.value), to: calendar.say(last.at), last: metric.full(last.value) });
  }

  /** Move the period by days. @param {number} days */
  move(days) {
    const { span, calendar, metric, question, now } = this.desk;
    if (!metric.timed) return;
    const from = calendar.day(span.from, days);
    const whole = span.to === now ? calendar.day(span.to, 1) : span.to;
    const to = calendar.day(whole, days);
    if (days > 0 && from > now) return;
    question.between(from, to);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (!this.frame || !this.desk.metric.timed || event.button !== 0) return;
    this.room.setPointerCapture(event.pointerId);
    this.#begun = this.#at(event);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (this.#begun === null) return;
    const { calendar } = this.desk;
    const [a, b] = [this.#begun, this.#at(event)].sort((x, y) => x - y);
    this.chosen = [calendar.day(a), calendar.day(b, 1)];
    this.draw();
  }

  /** @param {PointerEvent} event */
  #release(event) {
    this.#drag(event);
    this.#begun = null;
    const { chosen } = this;
    this.chosen = null;
    if (chosen) this.desk.question.between(chosen[0], chosen[1]);
  }

  /** @param {PointerEvent} event */
  #at(event) {
    const { from, to } = this.frame;
    return Math.min(to - 1, Math.max(from, scales(this.frame).at(event.clientX - this.room.getBoundingClientRect().left)));
  }
}

/**
 * The points of a line; none where the moving week reaches back to before the log began.
 * @param {any[]} told @param {number|null} since @param {boolean} [partial] the last day is not over, and tells too little
 */
export function points(told, since, partial = false) {
  const whole = (since ?? -Infinity) + 6 * DAY;
  return (partial ? told.slice(0, -1) : told).map(({ at, of, value }) => ({ at: Date.parse(at), value: Date.parse(of ?? at) < whole ? null : (value ?? null) }));
}
