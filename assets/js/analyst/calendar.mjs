/** Periods in the city's own days: named ones such as this week, and days chosen by hand. */

const DAY = 86_400_000;

/** The named periods, in the order they are offered. */
export const PERIODS = ["today", "week", "days7", "days30", "month", "quarter", "year"];

/** @typedef {{from: number, to: number}} Span milliseconds, `to` not included */
/** @typedef {{year: number, month: number, day: number}} LocalDay */

export class Calendar {
  /** @param {string} zone @param {"zh"|"en"} language */
  constructor(zone, language) {
    this.language = language;
    /** The present year: only another one is written. @type {number|null} */
    this.year = null;
    this.parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    });
    this.spoken = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", { timeZone: zone, month: "short", day: "numeric" });
  }

  /** @param {number} at @returns {LocalDay & {hour: number, minute: number, second: number}} */
  local(at) {
    const found = Object.fromEntries(this.parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return /** @type {any} */ (found);
  }

  /** The moment a local day begins. @param {number} year @param {number} month from 1 @param {number} day */
  midnight(year, month, day) {
    const wanted = Date.UTC(year, month - 1, day);
    const { year: y, month: m, day: d, hour, minute, second } = this.local(wanted);
    return wanted - (Date.UTC(y, m - 1, d, hour, minute, second) - wanted);
  }

  /** The beginning of the local day that a moment lies in, moved by days. @param {number} at @param {number} [moved] */
  day(at, moved = 0) {
    const { year, month, day } = this.local(at);
    return this.midnight(year, month, day + moved);
  }

  /** @param {string} name one of `PERIODS` @param {number} now @returns {Span} */
  span(name, now) {
    const { year, month } = this.local(now);
    /** @type {Record<string, () => number>} */
    const from = {
      today: () => this.day(now),
      week: () => this.day(now, -this.#weekday(now)),
      days7: () => this.day(now, -6),
      days30: () => this.day(now, -29),
      month: () => this.midnight(year, month, 1),
      quarter: () => this.midnight(year, 3 * Math.floor((month - 1) / 3) + 1, 1),
      year: () => this.midnight(year, 1, 1),
    };
    return { from: (from[name] ?? from.week)(), to: now };
  }

  /** The first day of the week is Monday. @param {number} at */
  #weekday(at) {
    const { year, month, day } = this.local(at);
    return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  }

  /** The value of a date field. @param {number} at */
  field(at) {
    const { year, month, day } = this.local(at);
    return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  }

  /** @param {string} field the value of a date field @param {number} [moved] */
  read(field, moved = 0) {
    const [year, month, day] = field.split("-").map(Number);
    return this.midnight(year, month, day + moved);
  }

  /** A day as one says it. @param {number} at */
  say(at) {
    return this.spoken.format(at);
  }

  /** A day and a time of it in as few signs as possible. @param {number} at */
  stamp(at) {
    const { month, day, hour, minute } = this.local(at);
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    const time = `${two(hour)}:${two(minute)}`;
    return this.language === "en" ? `${this.say(at)} ${time}` : `${two(month)}-${two(day)} ${time}`;
  }

  /** A day in as few signs as possible. @param {number} at */
  short(at) {
    const { month, day } = this.local(at);
    return this.language === "en" ? this.say(at) : `${month}.${day}`;
  }

  /** The first and the last day of a period. @param {Span} span */
  range({ from, to }) {
    const last = Math.max(from, to - 1);
    const [a, b] = [this.short(from), this.short(last)];
    const years = new Set([this.local(from).year, this.local(last).year, this.year ?? this.local(from).year]);
    if (years.size > 1) return `${this.field(from)} – ${this.field(last)}`;
    return a === b ? a : `${a} – ${b}`;
  }
}

export { DAY };
