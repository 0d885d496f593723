/** The tablet's map as a pad: while it is on, where this map looks the wall looks. */

import { make } from "../core/dom.mjs";
import { icon } from "../room/icons.mjs";
import { refused } from "../room/notice.mjs";

/** At most ten a second; the last place always arrives. */
const SPAN = 100;

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function pad(element, screen) {
  new Pad(element, screen);
}

class Pad {
  on = false;
  #sent = 0;
  #later = 0;
  #waits = false;

  /** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
  constructor(element, screen) {
    this.element = element;
    this.screen = screen;
    const { room, maps, words } = screen;
    this.button = make("button", { type: "button", class: "pad-switch button-quiet", "aria-pressed": "false" }, icon("hand"), words.say("tablet.pad"));
    this.button.addEventListener("click", () => this.#turn(!this.on));
    element.append(this.button);
    maps.addEventListener("moved", () => this.on && this.#moved());
    for (const what of ["joined", "presence", "scene"]) room.addEventListener(what, () => this.#show());
    this.#show();
  }

  #show() {
    const { room } = this.screen;
    const may = room.may("push") && room.members.some(({ screen }) => screen === "wall");
    this.element.hidden = !may;
    if (!may && this.on) this.#turn(false);
  }

  /** @param {boolean} on */
  #turn(on) {
    this.on = on;
    this.button.setAttribute("aria-pressed", String(on));
    if (on) this.#moved();
  }

  #moved() {
    clearTimeout(this.#later);
    const wait = this.#sent + SPAN - performance.now();
    if (this.#waits || wait > 0) this.#later = setTimeout(() => this.#moved(), Math.max(wait, SPAN / 4));
    else this.#send();
  }

  async #send() {
    const { room, maps, selection } = this.screen;
    const extent = maps.box;
    if (!extent) return;
    this.#sent = performance.now();
    this.#waits = true;
    try {
      await room.act("show", { area: selection.area, extent });
    } catch (error) {
      this.#turn(false);
      refused(this.screen, /** @type {any} */ (error));
    } finally {
      this.#waits = false;
    }
  }
}
