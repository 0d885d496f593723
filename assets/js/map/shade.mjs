/** The day's scale of colour, the same on every display: asked of the server, which fixes it as the day begins. */

import { json } from "./geography.mjs";

const STEPS = 6;
const NICE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

export class Shade extends EventTarget {
  /** @type {"per_thousand"|"open"} */
  measure = "per_thousand";
  /** The level a map shows, and how far its scale reaches. */
  level = "";
  top = 0;
  #day = "";
  /** @type {Record<string, {open: number|null, per_thousand: number|null}>} */
  #levels = {};

  /** Ask for the scale of a day, once. @param {string} day */
  async keep(day) {
    if (day === this.#day) return;
    this.#day = day;
    const scale = await json(`geo/scale.json?day=${encodeURIComponent(day)}`).catch(() => null);
    this.#levels = scale?.levels ?? {};
    const known = Object.values(this.#levels);
    this.measure = !known.length || known.some((row) => row.per_thousand !== null) ? "per_thousand" : "open";
    this.show(this.level);
  }

  /** Say which level is on the map. @param {string} level */
  show(level) {
    this.level = level;
    this.top = this.reach(level);
    this.dispatchEvent(new Event("change"));
  }

  /** The top of a level's scale. @param {string} level */
  reach(level) {
    const whole = this.measure === "open";
    return nice(this.#levels[level]?.[this.measure] ?? 0, whole);
  }

  /** How a level is shaded. @param {string} level @returns {import("./shades.mjs").Shading} */
  way(level) {
    const top = this.reach(level);
    return {
      view: "areas",
      value: (row) => row[this.measure],
      breaks: Array.from({ length: STEPS - 1 }, (_, step) => (top * (step + 1)) / STEPS),
      colours: Array.from({ length: STEPS }, (_, step) => `--sequential-${step}`),
      none: "--sequential-0",
    };
  }
}

/** The next value people like to read. @param {number} value @param {boolean} whole */
function nice(value, whole) {
  if (whole && value <= STEPS) return STEPS;
  if (!value) return 1;
  const size = 10 ** Math.floor(Math.log10(value));
  const top = (NICE.find((step) => step * size >= value * 0.9999) ?? 10) * size;
  return Number(top.toPrecision(3));
}
