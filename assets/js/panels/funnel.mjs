/** The loop: cases that reached each stage today, its median time, and those overdue in it now. */

import { find, write } from "../core/dom.mjs";
import { Flash } from "../core/flash.mjs";
import { follow } from "../core/follow.mjs";

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function funnel(panel, screen) {
  const flash = new Flash();
  follow(panel, screen, "funnel", (channel, change) => {
    const rows = [...channel.rows.values()];
    const most = Math.max(1, ...rows.map((row) => row.reached ?? 0));
    for (const row of rows) {
      const element = find(panel, `[data-stage="${row.stage}"]`);
      if (element) show(element, row, most, screen.words, change.full ? null : flash);
    }
  });
}

/**
 * @param {HTMLElement} element @param {any} row @param {number} most
 * @param {import("../core/words.mjs").Words} words @param {Flash|null} flash
 */
function show(element, row, most, words, flash) {
  const changed = write(find(element, ".value"), words.count(row.reached));
  find(element, ".bar-fill").style.transform = `scaleX(${(row.reached ?? 0) / most})`;
  write(find(element, ".stage-time"), duration(row.median_minutes, words));
  const overdue = find(element, ".stage-overdue");
  write(overdue, row.overdue > 0 ? words.count(row.overdue) : "");
  overdue.classList.toggle("chip-overdue", row.overdue > 0);
  overdue.setAttribute("aria-label", row.overdue > 0 ? `${words.say("urgency.overdue")} ${row.overdue}` : "");
  if (changed && flash) flash.show(element);
}

/** @param {number|null} minutes @param {import("../core/words.mjs").Words} words */
function duration(minutes, words) {
  if (minutes === null || minutes === undefined) return words.say("unknown");
  if (minutes < 60) return words.say("clock.minute", { m: Math.round(minutes) });
  if (minutes < 48 * 60) return words.say("clock.hour", { h: words.decimal(minutes / 60) });
  return words.say("clock.day", { d: words.decimal(minutes / 1440) });
}
