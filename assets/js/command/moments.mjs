/** Choosing a moment: quick spans from now, or any time of the city's own day. */

import { make } from "../core/dom.mjs";

const HOUR = 3_600_000;
/** Quick choices in hours. */
export const DAYS = [24, 72, 168, 360, 720];
export const HOURS = [2, 4, 24, 72];

/**
 * A field for a moment; `value()` is ISO or "".
 * @param {import("../core/follow.mjs").Screen} screen @param {{name: string, label: string, spans: number[], from: number, value?: string|null}} asked
 */
export function momentField({ words, page }, { name, label, spans, from, value }) {
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "datetime-local", name, class: "field-moment", "aria-label": label }));
  if (value) input.value = local(Date.parse(value), page.timeZone);
  const quick = spans.map((hours) => {
    const button = make("button", { type: "button", class: "field-quick" }, `+${words.span(hours * HOUR)}`);
    button.addEventListener("click", () => {
      input.value = local(from + hours * HOUR, page.timeZone);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  });
  const element = make("div", { class: "field-moments" }, make("div", { class: "field-quicks" }, ...quick), input);
  return { element, value: () => (input.value ? new Date(moment(input.value, page.timeZone)).toISOString() : "") };
}

/** A moment as the city's clocks show it, for a field. @param {number} at @param {string} timeZone */
export function local(at, timeZone) {
  return new Date(at + offset(at, timeZone)).toISOString().slice(0, 16);
}

/** What the city's clocks showed as a moment. @param {string} shown @param {string} timeZone */
export function moment(shown, timeZone) {
  const asUtc = Date.parse(`${shown}Z`);
  return asUtc - offset(asUtc - offset(asUtc, timeZone), timeZone);
}

/** How far a zone is ahead of UTC, in milliseconds. @param {number} at @param {string} timeZone */
function offset(at, timeZone) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" }).formatToParts(at);
  const part = (/** @type {string} */ type) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - Math.floor(at / 1000) * 1000;
}
