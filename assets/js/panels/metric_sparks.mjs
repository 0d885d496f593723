/** The day behind a headline: today solid, yesterday dashed. */

import { find } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { sparkline } from "../chart/sparkline.mjs";
import { svgPart } from "../chart/svg.mjs";

const HOUR = 4;
/** What runs behind each headline: columns of `day_curve`, and over how many slots they are summed. @type {Record<string, [string, number]>} */
const CURVES = { reported_today: ["reported", HOUR], open_cases: ["open", 1], overdue_cases: ["overdue", 1] };

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function sparks(panel, screen) {
  follow(panel, screen, "day_curve", (channel) => {
    const rows = [...channel.rows.values()].sort((a, b) => a.slot - b.slot);
    for (const [metric, [column, span]] of Object.entries(CURVES)) {
      const place = find(panel, `[data-metric="${metric}"] .metric-spark`);
      if (place) sparkline(svgOf(place), summed(rows, column, span), summed(rows, `${column}_before`, span), rows.length);
    }
  });
}

/** @param {HTMLElement} place @returns {SVGElement} */
function svgOf(place) {
  if (!place.firstElementChild) place.append(svgPart("svg", { class: "spark" }));
  return /** @type {any} */ (place.firstElementChild);
}

/** The sum of each slot with those before it; the running slot is not over yet and left out of a sum. @param {any[]} rows @param {string} column @param {number} span */
function summed(rows, column, span) {
  const values = rows.map((row) => row[column] ?? null);
  if (span === 1) return values;
  const ended = values.findIndex((value) => value === null);
  return values.map((value, at) => {
    if (at < span - 1 || value === null || (ended > 0 && at === ended - 1)) return null;
    return values.slice(at - span + 1, at + 1).reduce((sum, one) => sum + (one ?? 0), 0);
  });
}
