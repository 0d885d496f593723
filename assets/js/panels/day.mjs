/** Twenty-four hours: what was reported and closed in each quarter of an hour, now, and the same weekday before. */

import { find, make, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { svgPart } from "../chart/svg.mjs";

const HOURS = [0, 6, 12, 18, 24];
const [WIDTH, HEIGHT, EDGE] = [1000, 100, 3];
const WEEK = 7 * 86_400_000;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function day(panel, screen) {
  const { words, clock } = screen;
  const chart = find(panel, ".day-chart");
  const labels = make("div", { class: "day-hours", "aria-hidden": "true" });
  chart.append(svgPart("svg", { class: "day-lines", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" }), labels);
  labels.append(...HOURS.map((h) => make("span", {}, h === 24 ? words.say("day.hour", { h }) : String(h).padStart(2, "0"))));
  follow(panel, screen, "day_curve", (channel) => {
    const rows = [...channel.rows.values()].sort((a, b) => a.slot - b.slot);
    const weekday = new Intl.DateTimeFormat(words.language === "en" ? "en-GB" : "zh-CN", { timeZone: clock.timeZone, weekday: "short" });
    const before = weekday.format(Date.parse(rows[0]?.starts_at ?? "") - WEEK || clock.now());
    write(find(panel, '[data-key="week"] .key-name'), words.say("day.week", { weekday: before }));
    draw(/** @type {any} */ (chart.firstElementChild), rows);
  });
}

/** @param {SVGElement} svg @param {any[]} rows */
function draw(svg, rows) {
  const names = ["reported_week", "closed", "reported"];
  const most = Math.max(1, ...rows.flatMap((row) => names.map((name) => row[name] ?? 0)));
  const begun = rows.filter((row) => row.begun).length;
  const x = (/** @type {number} */ slot) => ((slot * WIDTH) / rows.length).toFixed(1);
  const y = (/** @type {number} */ value) => (HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * value) / most).toFixed(1);
  const hours = HOURS.map((h) => line("day-hour", [`${(h * WIDTH) / 24},0`, `${(h * WIDTH) / 24},${HEIGHT}`]));
  const series = names.map((name) => {
    // the running quarter of an hour is not over: its count would read as a fall
    const over = rows.filter((row) => name === "reported_week" || (row[name] !== null && row.slot < begun - 1));
    return line(`day-${name}`, over.map((row) => `${x(row.slot + 0.5)},${y(row[name])}`));
  });
  const now = line("day-now", [`${x(begun)},0`, `${x(begun)},${HEIGHT}`]);
  svg.replaceChildren(...hours, ...series, ...(begun ? [now] : []));
}

/** @param {string} name @param {string[]} points */
function line(name, points) {
  return svgPart("polyline", { class: name, points: points.join(" ") });
}
