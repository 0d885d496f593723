/** What the queue is cut down to: urgency, states, urged ones, words. One a screen; panels listen to it. */

import { titleOf } from "../core/sla.mjs";

/** @typedef {{urgency: string, states: string, urged: boolean, words: string, mine?: boolean}} Wanted */

/** @type {Wanted} */
const ALL = { urgency: "all", states: "", urged: false, words: "", mine: false };
/** @type {WeakMap<object, Filter>} */
const known = new WeakMap();

/** The filter of a screen. @param {import("../core/follow.mjs").Screen} screen */
export function filterOf(screen) {
  const filter = known.get(screen) ?? new Filter(screen);
  known.set(screen, filter);
  return filter;
}

export class Filter extends EventTarget {
  /** @type {Wanted} */
  wanted = { ...ALL };

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    super();
    this.screen = screen;
  }

  get active() {
    const { urgency, states, urged, words, mine } = this.wanted;
    return urgency !== "all" || states !== "" || urged || words !== "" || Boolean(mine);
  }

  /** Want something else too. @param {Partial<Wanted>} part */
  want(part) {
    this.wanted = { ...this.wanted, ...part };
    this.dispatchEvent(new Event("change"));
  }

  clear() {
    this.want(ALL);
  }

  /** @param {any} row */
  passes(row) {
    const { urgency, states, urged, words } = this.wanted;
    if (urgency !== "all" && (row.urgency ?? "open") !== urgency) return false;
    if (states && !states.split(" ").includes(row.state)) return false;
    if (urged && !row.urges) return false;
    return !words || this.#said(row).includes(words.toLowerCase());
  }

  /** The same question to the server, of one urgency or of all. @param {string} [urgency] */
  query(urgency) {
    const { wanted, screen } = this;
    const query = new URLSearchParams({ area: screen.selection.area });
    const one = urgency ?? (wanted.urgency === "all" ? "" : wanted.urgency);
    if (one) query.set("urgency", one);
    if (wanted.states) query.set("states", wanted.states.replaceAll(" ", ","));
    if (wanted.urged) query.set("urged", "true");
    if (wanted.words) query.set("words", wanted.words);
    return query;
  }

  /** What it lets through, in words; each with what would take it away. @returns {{text: string, without: Partial<Wanted>}[]} */
  told() {
    const { wanted, screen } = this;
    const { words } = screen;
    const parts = [];
    if (wanted.urgency !== "all") parts.push({ text: words.say(`urgency.${wanted.urgency === "open" ? "in_time" : wanted.urgency}`), without: { urgency: "all" } });
    if (wanted.states) parts.push({ text: words.say(`cell.${wanted.states.split(" ")[0]}`), without: { states: "" } });
    if (wanted.mine) parts.push({ text: words.say("queue.mine"), without: { mine: false } });
    if (wanted.urged) parts.push({ text: words.say("event.case-urged"), without: { urged: false } });
    if (wanted.words) parts.push({ text: words.say("desk.words", { words: wanted.words }), without: { words: "" } });
    return parts;
  }

  /** @param {any} row */
  #said(row) {
    const { words } = this.screen;
    const fields = ["category", "area", "unit"].map((name) => words.field(row, name));
    return [row.case_id, titleOf(row, words), row.address, ...fields].join(" ").toLowerCase();
  }
}
