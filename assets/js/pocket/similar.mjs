/** What is open already, of the same kind and close by: shown before it is reported once more. */

import { find, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";

const SETTLE = 300;

export class Similar {
  #asked = "";
  #timer = 0;
  /** @type {any} */
  #nearest = null;

  /** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
  constructor(element, screen) {
    this.element = element;
    this.screen = screen;
    find(element, ".similar-look").addEventListener("click", () => screen.selection.chooseCase(this.#nearest?.case_id ?? null));
  }

  /** @param {string|null} category @param {[number, number]|null} point */
  look(category, point) {
    const asked = category && point ? new URLSearchParams({ category, lon: String(point[0]), lat: String(point[1]) }).toString() : "";
    if (asked === this.#asked) return;
    this.#asked = asked;
    clearTimeout(this.#timer);
    this.#show([]);
    if (asked) this.#timer = setTimeout(() => this.#ask(asked), SETTLE);
  }

  /** @param {string} asked */
  async #ask(asked) {
    try {
      const answer = await fetch(address(`api/reports/similar?${asked}`));
      if (answer.ok && asked === this.#asked) this.#show(await answer.json());
    } catch {
      // without a network nobody can tell; the duty desk sees doubles
      if (asked === this.#asked) this.#asked = "";
    }
  }

  /** @param {any[]} rows the nearest first */
  #show(rows) {
    const { words, clock } = this.screen;
    this.element.hidden = rows.length === 0;
    [this.#nearest] = rows;
    if (!this.#nearest) return;
    const { reported_at: reported, state } = this.#nearest;
    write(find(this.element, ".similar-count"), words.say("report.similar", { count: words.count(rows.length) }));
    const span = words.span(Math.max(0, clock.now() - Date.parse(reported)));
    write(find(this.element, ".similar-what"), words.say("report.similar-what", { span, state: words.name("status", state), unit: words.field(this.#nearest, "unit") }).replace(/ · $/, ""));
  }
}
