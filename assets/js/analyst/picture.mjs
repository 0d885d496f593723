/** The answer as a picture: value, trend, leaderboard, and inside it the passport and the moment it is as of. */

import { scales } from "../chart/lines.mjs";
import { EXERCISE } from "../core/page.mjs";
import { token } from "../core/token.mjs";
import { points } from "./trend.mjs";

/**
 * @typedef {object} Drawn what the page shows
 * @property {any} answer
 * @property {any} trend
 * @property {any} paper
 * @property {import("./standing.mjs").Standing[]} rows
 * @property {any} scale
 */

const [WIDTH, EDGE, SCALE, LINE, MOST] = [1200, 40, 2, 26, 24];

/** @param {import("./desk.mjs").Desk} desk @param {Drawn} shown */
export async function picture(desk, shown) {
  await document.fonts.ready;
  const rows = shown.rows.slice(0, MOST);
  const sheet = new Sheet(desk, 372 + rows.length * LINE + 36 + 7 * 23);
  sheet.head(shown.answer);
  sheet.trend(shown.trend);
  sheet.board(rows, shown.scale, shown.rows.length);
  sheet.passport(shown.paper);
  return sheet.canvas;
}

class Sheet {
  y = EDGE;

  /** @param {import("./desk.mjs").Desk} desk @param {number} height */
  constructor(desk, height) {
    this.desk = desk;
    this.canvas = document.createElement("canvas");
    this.canvas.width = WIDTH * SCALE;
    this.canvas.height = height * SCALE;
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.pen.scale(SCALE, SCALE);
    this.pen.fillStyle = token("surface-panel");
    this.pen.fillRect(0, 0, WIDTH, height);
  }

  /** @param {string} text @param {number} x @param {number} y @param {{size?: number, weight?: number, colour?: string, align?: CanvasTextAlign, most?: number}} [how] */
  text(text, x, y, { size = 15, weight = 400, colour = "text-primary", align = "left", most } = {}) {
    this.pen.font = `${weight} ${size}px ${token("family-digits")}`;
    this.pen.fillStyle = token(colour);
    this.pen.textAlign = align;
    this.pen.fillText(text, x, y, most);
  }

  /** @param {[number, number][]} dots @param {string} colour @param {number} width @param {number[]} [dash] */
  line(dots, colour, width, dash = []) {
    this.pen.beginPath();
    dots.forEach(([x, y], at) => (at ? this.pen.lineTo(x, y) : this.pen.moveTo(x, y)));
    this.pen.strokeStyle = token(colour);
    this.pen.lineWidth = width;
    this.pen.setLineDash(dash);
    this.pen.stroke();
    this.pen.setLineDash([]);
  }

  /** @param {any} answer */
  head(answer) {
    const { desk } = this;
    const { words, metric, calendar, span, screen } = desk;
    const when = metric.timed ? `${desk.periodName} ${calendar.range(span)}` : desk.periodName;
    this.text(metric.title, EDGE, 64, { size: 26, weight: 600 });
    this.text(`${screen.page.cityName} · ${desk.areaName()} · ${when}`, EDGE, 92, { colour: "text-secondary" });
    if (EXERCISE) this.text(words.say("exercise.mark"), WIDTH / 2, 40, { size: 26, weight: 700, align: "center", colour: "signal-not-live" });
    if (screen.page.simulated) this.text(words.say("badge.simulated"), WIDTH - EDGE, 40, { align: "right", colour: "text-tertiary" });
    this.text(metric.full(answer.total.value), EDGE, 160, { size: 52, weight: 500, colour: metric.misses(answer.total) ? "signal-overdue-text" : "text-primary" });
    const { low, high, n } = answer.total;
    const between = low === null ? "" : `${words.say("analyst.interval", { low: words.decimal(low), high: words.decimal(high) })} · `;
    this.text(between + words.say("analyst.n", { n: words.count(n) }), EDGE, 190, { colour: "text-secondary" });
    if (metric.target !== null) this.text(words.say("compare.target", { target: metric.full(metric.target) }), EDGE, 216, { colour: "text-secondary" });
  }

  /** @param {any} trend */
  trend(trend) {
    const { calendar, words, metric } = this.desk;
    const known = points(trend?.series?.[0]?.points ?? [], this.desk.since, this.desk.partial).filter(({ value }) => value !== null);
    this.y = 290;
    if (known.length < 2) return;
    const values = known.map(({ value }) => /** @type {number} */ (value));
    if (metric.target !== null) values.push(metric.target);
    const frame = { width: WIDTH - EDGE, height: 250, from: known[0].at, to: known[known.length - 1].at, low: Math.min(...values), high: Math.max(...values), left: 440, right: 70, top: 70, bottom: 10 };
    const { x, y } = scales(frame);
    if (metric.target !== null) this.line([[x(frame.from), y(metric.target)], [x(frame.to), y(metric.target)]], "data-target", 1.4, [2, 4]);
    this.line(known.map(({ at, value }) => [x(at), y(/** @type {number} */ (value))]), "data-series-strong", 2.2);
    const last = known[known.length - 1];
    this.text(metric.full(last.value), x(last.at) + 8, y(/** @type {number} */ (last.value)) + 5, { weight: 600 });
    for (const value of [frame.low, frame.high]) this.text(metric.text(value), x(frame.from) - 10, y(value) + 5, { size: 13, align: "right", colour: "text-secondary" });
    this.text(calendar.say(frame.from), x(frame.from), 268, { size: 13, colour: "text-secondary" });
    this.text(calendar.say(frame.to), x(frame.to), 268, { size: 13, align: "right", colour: "text-secondary" });
    this.text(words.say("analyst.trend", { weeks: Math.round((frame.to - frame.from) / 604_800_000) }), x(frame.from), 46, { size: 13, colour: "text-secondary" });
  }

  /** @param {import("./standing.mjs").Standing[]} rows @param {any} scale @param {number} count */
  board(rows, scale, count) {
    const { desk } = this;
    const { words, metric } = desk;
    const more = count > rows.length ? ` · ${words.say("analyst.of-all", { shown: rows.length, count })}` : "";
    this.text(words.say("analyst.ranking", { name: desk.dimensionName(desk.by) }) + more, EDGE, this.y + 20, { size: 17, weight: 600 });
    this.y += 40;
    const [left, right] = [400, WIDTH - EDGE - 90];
    const x = (/** @type {number} */ value) => left + ((right - left) * (value - scale.low)) / (scale.high - scale.low || 1);
    for (const value of scale.ticks) this.text(words.count(value), x(value), this.y - 2, { size: 13, align: "center", colour: "text-secondary" });
    if (metric.target !== null) this.line([[x(metric.target), this.y + 4], [x(metric.target), this.y + rows.length * LINE]], "data-target", 1.2, [2, 3]);
    for (const one of rows) {
      this.y += LINE;
      const colour = one.ranked && metric.misses(one.row) ? "signal-overdue" : "data-series";
      const at = this.y - 5;
      this.text(one.place === null ? "—" : String(one.place), EDGE + 22, this.y, { align: "right", colour: "text-tertiary" });
      this.text(one.name, EDGE + 40, this.y, { most: 230, weight: 500 });
      this.text(metric.full(one.row.value), left - 24, this.y, { align: "right", weight: 500, colour: one.ranked ? "text-primary" : "text-tertiary" });
      this.text(`n ${words.count(one.row.n)}`, WIDTH - EDGE, this.y, { align: "right", colour: "text-secondary" });
      if (!one.ranked || one.row.value === null) continue;
      if (one.row.low !== null) this.line([[x(one.row.low), at], [x(one.row.high), at]], colour, 2);
      this.pen.beginPath();
      this.pen.arc(x(one.row.value), at, 5, 0, 7);
      this.pen.fillStyle = token(colour);
      this.pen.fill();
    }
  }

  /** @param {any} paper */
  passport(paper) {
    const { words, calendar, asked, question } = this.desk;
    this.y += 36;
    this.line([[EDGE, this.y - 16], [WIDTH - EDGE, this.y - 16]], "surface-hairline", 1);
    if (!paper) return;
    const { metric } = paper;
    const all = (/** @type {any[]} */ parts) => parts.map((part) => `${words.field(part, "name")} ${words.count(part.rows)}`).join(" · ");
    const lines = [
      `${words.say("passport.formula")}: ${words.language === "zh" ? metric.formula_zh : metric.formula}`,
      all(paper.parts),
      words.say("passport.left-out", { what: all(paper.exclusions) }),
      `${words.field(paper, "period")} · ${words.say("fact.as-of")} ${calendar.field(Date.parse(paper.as_of))} ${words.time("second", paper.as_of)}`,
      asked.where.length ? `${words.say("analyst.filters")}: ${asked.where.join(" · ")}` : "",
      `${words.say("analyst.version", { version: metric.version })} · ${metric.owner} · ${metric.source}`,
      decodeURIComponent(new URL(question.address(asked)).search),
    ];
    for (const text of lines.filter(Boolean)) {
      this.text(text, EDGE, this.y + 6, { size: 13, colour: "text-secondary", most: WIDTH - 2 * EDGE });
      this.y += 23;
    }
  }
}
