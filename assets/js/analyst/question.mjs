/** What the analyst asks now. The address of the page holds all of it, so that a link, back and forward bring it again. */

import { PERIODS } from "./calendar.mjs";

/** What an address that does not say means. */
const USUAL = {
  metric: "on_time_closure_rate", area: "", period: "week", from: "", to: "", by: "", cross: "category_group", split: "channel",
  compare: "previous,year,target", sort: "contribution", view: "rank", row: "", column: "", part: "", page: "0",
};
/** What belongs to the chosen rows only. */
const CHOICE = { row: "", column: "", part: "", page: "0" };

/** @typedef {typeof USUAL & {where: string[]}} Asked */

export class Question extends EventTarget {
  /** @type {Asked} */
  asked;

  /** @param {import("../core/selection.mjs").Selection} selection */
  constructor(selection) {
    super();
    this.selection = selection;
    this.asked = this.#read();
    window.citybrain.returned = () => this.#turn(this.#read());
    // an address may name an area that does not exist: the screen then looks at the whole city
    selection.addEventListener("area", () => selection.area !== this.asked.area && this.#turn({ ...this.asked, area: selection.area }));
  }

  /** @returns {Asked} */
  #read() {
    const query = new URLSearchParams(location.search);
    /** @type {any} */
    const asked = { ...USUAL, area: this.selection.rootArea };
    for (const name of Object.keys(USUAL)) if (query.has(name)) asked[name] = query.get(name) ?? "";
    if (asked.from && asked.to) asked.period = "";
    else if (!PERIODS.includes(asked.period)) asked.period = USUAL.period;
    return { ...asked, where: query.getAll("where") };
  }

  /**
   * Ask otherwise: a step that back undoes. What is chosen in the answer goes with the answer.
   * @param {Partial<Asked>} change
   */
  ask(change) {
    this.#go({ ...this.asked, ...CHOICE, ...change });
  }

  /** Choose rows behind the answer that is shown: no step of its own. @param {Partial<Asked>} change */
  choose(change) {
    const asked = { ...this.asked, ...CHOICE, ...change };
    if (JSON.stringify(asked) === JSON.stringify(this.asked)) return;
    history.replaceState(null, "", this.address(asked));
    this.#turn(asked);
  }

  /** @param {number} from @param {number} to */
  between(from, to) {
    this.ask({ period: "", from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  }

  /** @param {Asked} asked */
  #go(asked) {
    if (JSON.stringify(asked) === JSON.stringify(this.asked)) return;
    history.pushState(null, "", this.address(asked));
    this.#turn(asked);
  }

  /** @param {Asked} asked */
  #turn(asked) {
    const before = this.asked;
    this.asked = asked;
    this.selection.chooseArea(asked.area);
    const rest = (/** @type {Asked} */ one) => JSON.stringify({ ...one, ...CHOICE });
    this.dispatchEvent(new Event(rest(before) === rest(asked) ? "choice" : "change"));
  }

  /** The address of a question. @param {Asked} asked */
  address(asked) {
    const url = new URL(location.href);
    for (const [name, usual] of Object.entries({ ...USUAL, area: this.selection.rootArea })) {
      const value = /** @type {any} */ (asked)[name];
      if (value === usual || (name === "period" && asked.from)) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    url.searchParams.delete("where");
    for (const one of asked.where) url.searchParams.append("where", one);
    return url.href;
  }

  /** The values a dimension is narrowed to. @param {string} dimension */
  narrowed(dimension) {
    return this.asked.where.filter((one) => one.startsWith(`${dimension}:`)).map((one) => one.slice(dimension.length + 1));
  }

  /** Narrow to a value of a dimension, or no longer. @param {string} dimension @param {string} value */
  toggle(dimension, value) {
    const one = `${dimension}:${value}`;
    const { where } = this.asked;
    this.ask({ where: where.includes(one) ? where.filter((other) => other !== one) : [...where, one] });
  }

  /** @param {string} name @returns {boolean} */
  compares(name) {
    return this.asked.compare.split(",").includes(name);
  }
}
