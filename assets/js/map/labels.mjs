/** Names of areas on the map as elements of the page; of two that touch, the smaller area's name gives way. */

import { make } from "../core/dom.mjs";

const MOST = 40;

export class Labels {
  /** @type {any[]} */
  #markers = [];

  /** @param {any} canvas @param {import("../core/words.mjs").Words} words */
  constructor(canvas, words) {
    this.canvas = canvas;
    this.words = words;
    canvas.on("moveend", () => this.#arrange());
    canvas.on("resize", () => this.#arrange());
  }

  /**
   * Name these areas; where `avoid` has points, each name stands where fewest of them are hidden.
   * @param {string[]} ids @param {[number, number][]} [avoid]
   */
  show(ids, avoid = []) {
    for (const marker of this.#markers) marker.remove();
    const { geography } = this.canvas;
    const people = (/** @type {string} */ id) => geography.areas[id]?.population ?? 0;
    const shown = [...ids].sort((a, b) => people(b) - people(a)).slice(0, MOST);
    this.#markers = shown.flatMap((id) => {
      const middle = avoid.length ? geography.clearing(id, avoid) : geography.middle(id);
      return middle ? [this.canvas.pin(this.#label(id), middle)] : [];
    });
    this.#arrange();
  }

  /** @param {string} id */
  #label(id) {
    const name = shorten(this.words.field(this.canvas.geography.areas[id], "name"), this.words);
    return make("span", { class: "area-mark", "aria-hidden": "true" }, make("span", { class: "area-label" }, name));
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
export function shorten(name, words) {
  const ending = words.say("map.endings").split("|").find((end) => name.length > end.length + 1 && name.endsWith(end));
  return ending ? name.slice(0, -ending.length) : name;
}

/** @param {DOMRect} a @param {DOMRect} b */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
