/** What the panels of the safety-creation screen share: the address, the terms, the red lines of 12 months. */

import { Address } from "./address.mjs";
import { villagesOf } from "./villages.mjs";

/** @typedef {import("../../core/follow.mjs").Screen} Screen */

export const address = new Address({ show: "all", village: "", year: "" });

/** The villages of the year that is looked at. @param {Screen} screen @param {import("../../core/channel.mjs").Channel} channel */
export function needed(screen, channel) {
  return villagesOf(channel, address, screen.clock.now());
}

/** Shared rows of one view that hardly changes, for the selected area. */
class Shared extends EventTarget {
  /** @type {any[]} */
  rows = [];
  #begun = false;

  /** @param {string} view @param {boolean} ofRoot */
  constructor(view, ofRoot) {
    super();
    this.view = view;
    this.ofRoot = ofRoot;
  }

  /** @param {Screen} screen @param {() => void} act */
  follow(screen, act) {
    this.addEventListener("change", act);
    if (this.#begun) return;
    this.#begun = true;
    let leave = () => {};
    const enter = () => {
      leave();
      const area = this.ofRoot ? screen.selection.rootArea : screen.selection.area;
      leave = screen.stream.subscribe(this.view, area, (channel) => {
        this.rows = [...channel.rows.values()];
        this.dispatchEvent(new Event("change"));
      });
    };
    if (!this.ofRoot) screen.selection.addEventListener("area", enter);
    enter();
  }
}

export const terms = new Shared("safety_terms", true);
export const breaches = new Shared("safety_breaches", false);

/** @type {Intl.DateTimeFormat|null} */
let months = null;

/** The city's month of a moment as `2026-11`. @param {string|number} moment @param {Screen} screen */
export function monthOf(moment, { page }) {
  months ??= new Intl.DateTimeFormat("en-CA", { timeZone: page.timeZone, year: "numeric", month: "2-digit" });
  return months.format(typeof moment === "string" ? Date.parse(moment) : moment);
}

/** The villages a choice of line and month means. @param {string} show @param {Screen} screen */
export function touched(show, screen) {
  const [kind, reason, month] = show.split("|");
  if (kind !== "line") return new Set();
  const found = breaches.rows.filter((row) => row.reason === reason && (month === "all" || monthOf(row.happened_at, screen) === month));
  return new Set(found.map((row) => row.area_id));
}

/** The village that is looked at: the chosen one, else the first that needs something. @param {any[]} rows sorted by need */
export function chosenOf(rows) {
  const chosen = address.get("village");
  return chosen || (first && rows.some((row) => row.area_id === first) ? first : (first = rows[0]?.area_id ?? ""));
}

let first = "";

/** @param {string} village */
export const choose = (village) => address.set({ village });
