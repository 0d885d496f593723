/** How areas are shaded: by open cases a thousand people in six steps, fixed for the day so that colours do not flicker. */

const STEPS = 6;
const NICE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

export class Shade extends EventTarget {
  /** @type {"per_thousand"|"open"} */
  measure = "per_thousand";
  top = 0;
  #day = "";

  /**
   * Fix the scale from the rows of one level; it stays for the day.
   * @param {any[]} rows @param {string} day
   */
  learn(rows, day) {
    const named = rows.filter((row) => row.open > 0);
    if (this.#day === day || !named.length) return;
    this.#day = day;
    this.measure = named.some((row) => row.per_thousand !== null) ? "per_thousand" : "open";
    const values = named.map((row) => row[this.measure] ?? 0).sort((a, b) => a - b);
    this.top = nice(values[Math.floor(0.95 * (values.length - 1))], this.measure === "open");
    this.dispatchEvent(new Event("change"));
  }

  /** The five values between the six steps. @returns {number[]} */
  get breaks() {
    const top = this.top || 1;
    return Array.from({ length: STEPS - 1 }, (_, step) => (top * (step + 1)) / STEPS);
  }

  /** @param {any} row */
  value(row) {
    return row?.[this.measure] ?? 0;
  }
}

/** The next value people like to read. @param {number} value @param {boolean} whole */
function nice(value, whole) {
  if (whole && value <= STEPS) return STEPS;
  const size = 10 ** Math.floor(Math.log10(value || 1));
  const top = (NICE.find((step) => step * size >= value * 0.9999) ?? 10) * size;
  return Number(top.toPrecision(3));
}
