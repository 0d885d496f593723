/** The catalogue in the viewer's language, and numbers and times in its manner. */

import { address } from "./page.mjs";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export class Words {
  /** @param {Record<string, string>} messages @param {"zh"|"en"} language @param {string} timeZone */
  constructor(messages, language, timeZone) {
    this.messages = messages;
    this.language = language;
    /** @type {Record<string, {name_zh: string, name_en: string, post_zh?: string, post_en?: string}>} colleagues by their accounts */
    this.people = {};
    const locale = language === "en" ? "en-GB" : "zh-CN";
    /** @param {Intl.DateTimeFormatOptions} options */
    const format = (options) => new Intl.DateTimeFormat(locale, { timeZone, hourCycle: "h23", ...options });
    this.formats = {
      minute: format({ hour: "2-digit", minute: "2-digit" }),
      second: format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
      date: format({ month: "short", day: "numeric", weekday: "short" }),
      day: format({ year: "numeric", month: "2-digit", day: "2-digit" }),
      moment: format({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" }),
    };
    this.integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    this.tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  /** The words of a key; a missing key shows itself. @param {string} key @param {Record<string, string|number>} [values] */
  say(key, values = {}) {
    const words = this.messages[key];
    if (words === undefined) {
      window.citybrain.errors.push(`no words for ${key}`);
      return key;
    }
    return words.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }

  /** The words of a key the data made, or the data itself. @param {string} prefix @param {string|null} name */
  name(prefix, name) {
    if (!name) return this.say("unknown");
    return this.messages[`${prefix}.${name}`] ?? name;
  }

  /** What a colleague is called; an account nobody named, or the clock itself. @param {string|null|undefined} user */
  person(user) {
    if (!user) return "";
    return user === "system" ? this.say("person.system") : this.field(this.people[user] ?? {}, "name") || user;
  }

  /** A colleague by name and post; a name that is its post is said once. @param {string|null|undefined} user */
  colleague(user) {
    const [name, post] = [this.person(user), this.field(this.people[user ?? ""] ?? {}, "post")];
    return post && post !== name ? this.say("person.with-post", { name, post }) : name;
  }

  /** The field in the viewer's language, else in the other one. @param {Record<string, any>} row @param {string} field */
  field(row, field) {
    const other = this.language === "en" ? "zh" : "en";
    return row[`${field}_${this.language}`] || row[`${field}_${other}`] || "";
  }

  /** @param {number|null|undefined} value */
  count(value) {
    return value === null || value === undefined ? this.say("unknown") : this.integer.format(value);
  }

  /** @param {number|null|undefined} value */
  decimal(value) {
    return value === null || value === undefined ? this.say("unknown") : this.tenth.format(value);
  }

  /** @param {keyof Words["formats"]} format @param {string|number|null|undefined} moment */
  time(format, moment) {
    if (moment === null || moment === undefined) return this.say("unknown");
    return this.formats[format].format(typeof moment === "string" ? Date.parse(moment) : moment);
  }

  /** The time of day, with the date where it is not today's. @param {string|null} moment @param {number} now */
  when(moment, now) {
    if (!moment) return this.say("unknown");
    const today = this.time("day", moment) === this.time("day", now);
    return this.time(today ? "minute" : "moment", moment);
  }

  /** A span in two units at most. @param {number} span milliseconds */
  span(span) {
    const [d, h, m] = [Math.floor(span / DAY), Math.floor((span % DAY) / HOUR), Math.floor((span % HOUR) / MINUTE)];
    if (d) return h ? this.say("clock.day-hour", { d, h }) : this.say("clock.day", { d });
    if (h) return m ? this.say("clock.hour-minute", { h, m }) : this.say("clock.hour", { h });
    return m ? this.say("clock.minute", { m }) : this.say("clock.second", { s: Math.floor(span / 1000) });
  }

  /** A span to the second, as digits. @param {number} span milliseconds */
  digits(span) {
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    const [h, m, s] = [Math.floor(span / HOUR), Math.floor((span % HOUR) / MINUTE), Math.floor((span % MINUTE) / 1000)];
    return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
  }
}

/** Fetch the catalogue. @param {import("./page.mjs").Page} page */
export async function words(page) {
  const answer = await fetch(address(`catalogue/${page.language}.json`));
  if (!answer.ok) throw new Error(`catalogue/${page.language}.json: ${answer.status}`);
  const { messages } = await answer.json();
  return new Words(messages, page.language, page.timeZone);
}
