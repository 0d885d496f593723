/** The sheet of a number: how it moved, and what it is made of, by area and by unit; with its passport. */

import { largeTrend } from "../chart/trend.mjs";
import { interval, scaleOf, showInterval } from "../chart/interval.mjs";
import { svgPart } from "../chart/svg.mjs";
import { find, make } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { comparison, reading } from "./number_words.mjs";
import { passportOf } from "./passport.mjs";
import { openSheet } from "./sheet.mjs";
import { unitSheet } from "./unit_sheet.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const MOST = 24;
const DAY = 86_400_000;
const CHART_HEIGHT = 220;
const MARGINS = 48;

/** @param {Screen} screen @param {any} row @param {import("./trends.mjs").Trends} trends */
export function numberSheet(screen, row, trends) {
  const { words, selection, stream, geography } = screen;
  const name = words.say(`metric.${row.metric}`);
  const where = words.field(geography.areas[selection.area] ?? {}, "name");
  let leave = () => {};
  const { body, head, dialog } = openSheet(screen, `${name} · ${where}`, () => leave());
  find(head, ".board-title").after(passportButton(screen, row.metric));
  body.append(figure(row, trends.of(row), screen, body.clientWidth - MARGINS));
  const parts = make("div", { class: "parts" });
  body.append(parts);
  /** @type {Map<string, any>} */
  let units = new Map();
  // the names of units, and what they carry
  leave = stream.subscribe("unit_load", selection.area, (channel) => {
    if (units.size || !channel.loaded) return;
    units = channel.rows;
    fill(parts, row, screen, units, () => dialog.close());
  });
}

/** @param {Screen} screen @param {string} metric */
function passportButton(screen, metric) {
  const holder = make("span", { class: "board-passport", "data-metric": metric }, make("span", { class: "metric-name" }, screen.words.say("tablet.passport")));
  passportOf(holder, screen);
  return holder;
}

/** @param {any} row @param {(number|null)[]} trend @param {Screen} screen @param {number} width */
function figure(row, trend, { words, clock }, width) {
  const { text, unit } = reading(row.value, row.unit, words);
  const said = make("p", { class: "board-number" }, make("span", { class: "value" }, text), make("span", { class: "unit" }, unit),
    make("span", { class: "board-compare" }, comparison(row, trend, words).words));
  const chart = svgPart("svg", { class: "trend trend-large", role: "img", "aria-label": words.say("tablet.trend") });
  largeTrend(chart, trend, {
    width,
    height: CHART_HEIGHT,
    target: row.metric === "on_time_closure_rate" ? row.target : null,
    day: (back) => words.time("date", clock.now() - back * DAY),
    tell: (value) => reading(value, row.unit, words).text,
  });
  return make("figure", { class: "board-figure" }, said, chart, make("figcaption", {}, words.say("tablet.trend")));
}

/** @param {HTMLElement} parts @param {any} row @param {Screen} screen @param {Map<string, any>} units @param {() => void} close */
async function fill(parts, row, screen, units, close) {
  const { geography, selection, words } = screen;
  const inside = geography.children(selection.area).filter((id) => id !== geography.unknown);
  const level = inside.length ? geography.areas[inside[0]].level : null;
  const cuts = [...(level ? [level] : []), ...(row.metric === "active_grids" ? [] : ["unit"])];
  try {
    const answers = await Promise.all(cuts.map((cut) => ask(row, cut, screen)));
    parts.replaceChildren(...cuts.map((cut, at) => list(cut, answers[at], row, screen, units, close)));
  } catch {
    parts.replaceChildren(make("p", { role: "alert" }, words.say("tablet.failed")));
  }
}

/** @param {any} row @param {string} cut @param {Screen} screen @returns {Promise<any[]>} */
async function ask(row, cut, { selection, clock, words }) {
  const query = new URLSearchParams({ area: selection.area, by: cut });
  if (row.metric === "active_grids") {
    const now = clock.now();
    query.set("from", new Date(midnight(now, words)).toISOString());
    query.set("to", new Date(now).toISOString());
  }
  const answer = await fetch(address(`api/metrics/${row.metric}?${query}`));
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** When the city's day began. @param {number} now @param {import("../core/words.mjs").Words} words */
function midnight(now, words) {
  const [hours, minutes, seconds] = words.time("second", now).split(":").map(Number);
  return now - (now % 1000) - 1000 * (seconds + 60 * (minutes + 60 * hours));
}

/** @param {string} cut @param {any[]} rows @param {any} row @param {Screen} screen @param {Map<string, any>} units @param {() => void} close */
function list(cut, rows, row, screen, units, close) {
  const { words } = screen;
  const title = cut === "unit" ? words.say("tablet.by-unit") : words.say("tablet.by-area", { level: words.say(`level.${cut}`) });
  const rate = row.unit === "percent";
  const known = rows.filter((part) => part.value !== null && part[cut] !== null && (!rate || part.rankable));
  // of shares the lowest matter, of counts and hours the largest
  known.sort((a, b) => (rate ? a.value - b.value : b.value - a.value)).splice(MOST);
  const drawing = rate ? intervals(known, row.target) : bars(known);
  const items = known.map((part) => item(cut, part, drawing(part), row, screen, units, close));
  const empty = make("p", { class: "parts-none" }, words.say("tablet.no-parts"));
  return make("section", { class: "part-list" }, make("h3", {}, title), items.length ? make("ol", {}, ...items) : empty);
}

/** @param {any[]} parts @returns {(part: any) => HTMLElement} */
function bars(parts) {
  const most = Math.max(...parts.map((part) => part.value), 0);
  return (part) => {
    const fill = make("span", { class: "bar-fill" });
    fill.style.transform = `scaleX(${most ? part.value / most : 0})`;
    return make("span", { class: "bar", "aria-hidden": "true" }, fill);
  };
}

/** @param {any[]} parts @param {number} target @returns {(part: any) => HTMLElement} */
function intervals(parts, target) {
  const scale = scaleOf(parts, target, 0);
  return (part) => {
    const drawn = interval();
    showInterval(drawn, { ...part, target }, scale);
    return drawn;
  };
}

/** @param {string} cut @param {any} part @param {HTMLElement} drawing @param {any} row @param {Screen} screen @param {Map<string, any>} units @param {() => void} close */
function item(cut, part, drawing, row, screen, units, close) {
  const { words, geography, selection } = screen;
  const id = String(part[cut]);
  const unit = units.get(id);
  const name = cut === "unit" ? (unit ? words.field(unit, "name") : id) : words.field(geography.areas[id] ?? {}, "name") || id;
  const told = reading(part.value, row.unit, words);
  const button = make("button", { type: "button", class: "part" }, make("span", { class: "part-name" }, name), drawing,
    make("span", { class: "value" }, told.text));
  button.addEventListener("click", () => {
    close();
    if (cut === "unit") unitSheet(screen, id, name);
    else selection.chooseArea(id);
  });
  return make("li", {}, button);
}
