/** Names of areas on the map as elements of the page; of two that touch, the smaller area's name gives way. */

import { make } from "../core/dom.mjs";

const MOST = 40;

export class Labels {
  /** @type {any[]} */
  #markers = [];

  /** @param {import("./canvas.mjs").Canvas} canvas @param {import("../core/words.mjs").Words} words */
  constructor(canvas, words) {
    this.canvas = canvas;
    this.words = words;
    canvas.map.on("moveend", () => this.#arrange());
    canvas.map.on("resize", () => this.#arrange());
  }

  /**
   * Name these areas. Where `avoid` has points, each name stands where fewest of them are hidden; where `counts` is given,
   * each area also shows its overdue cases, and the worst come first.
   * @param {string[]} ids @param {{avoid?: [number, number][], counts?: ((id: string) => number)|null, names?: boolean}} [options]
   */
  show(ids, { avoid = [], counts = null, names = true } = {}) {
    for (const marker of this.#markers) marker.remove();
    const { geography } = this.canvas;
    const weight = counts ?? ((/** @type {string} */ id) => geography.areas[id]?.population ?? 0);
    const shown = [...ids].sort((a, b) => weight(b) - weight(a)).slice(0, MOST);
    this.#markers = shown.flatMap((id) => {
      const middle = avoid.length && !counts ? geography.clearing(id, avoid) : geography.middle(id);
      return middle ? [this.canvas.pin(this.#label(id, counts ? counts(id) : 0, names), middle)] : [];
    });
    this.#arrange();
  }

  /** @param {string} id @param {number} overdue @param {boolean} named */
  #label(id, overdue, named) {
    const name = shorten(this.words.field(this.canvas.geography.areas[id], "name"), this.words);
    const label = make("span", { class: "area-mark", "aria-hidden": "true" });
    if (named) label.append(make("span", { class: "area-label" }, name));
    if (overdue) label.append(make("span", { class: "chip-overdue" }, this.words.count(overdue)));
    return label;
  }

  #arrange() {
    /** @type {DOMRect[]} */
    const taken = [];
    for (const marker of this.#markers) {
      const element = marker.getElement();
      element.style.visibility = "";
      const box = element.getBoundingClientRect();
      const clash = taken.some((other) => overlap(box, other));
      element.style.visibility = clash ? "hidden" : "";
      if (!clash) taken.push(box);
    }
  }
}

/** A label leaves out the class of place behind its name. @param {string} name @param {import("../core/words.mjs").Words} words */
function shorten(name, words) {
  const ending = words.say("map.endings").split("|").find((end) => name.length > end.length + 1 && name.endsWith(end));
  return ending ? name.slice(0, -ending.length) : name;
}

/** @param {DOMRect} a @param {DOMRect} b */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
