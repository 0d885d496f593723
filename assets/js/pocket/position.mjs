/** Where this phone is, if its bearer allowed it; never asked for unless a button was pressed. */

import { recall, remember } from "./remembered.mjs";

const OPTIONS = { enableHighAccuracy: true, maximumAge: 20_000, timeout: 15_000 };

/** @typedef {"off"|"none"|"asking"|"on"|"denied"|"failed"} State */

export class Position extends EventTarget {
  /** @type {State} */
  state = "off";
  /** @type {[number, number]|null} */
  point = null;
  accuracy = 0;
  #watch = 0;

  constructor() {
    super();
    this.#resume();
  }

  get possible() {
    return window.isSecureContext && "geolocation" in navigator;
  }

  /** Find the position because somebody pressed for it. @returns {Promise<boolean>} */
  use() {
    if (!this.possible) return this.#turn("none", false);
    this.#turn("asking", false);
    return new Promise((resolve) => {
      const found = (/** @type {GeolocationPosition} */ position) => {
        this.#take(position);
        remember("position", true);
        this.#follow();
        resolve(true);
      };
      const failed = (/** @type {GeolocationPositionError} */ error) => resolve(this.#turn(error.code === 1 ? "denied" : "failed", false));
      navigator.geolocation.getCurrentPosition(found, failed, OPTIONS);
    });
  }

  /** Go on where it was allowed before; a browser that would ask again is not asked. */
  async #resume() {
    if (!this.possible || !recall("position")) return;
    const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
    if (permission?.state === "granted") this.#follow();
  }

  #follow() {
    if (this.#watch) return;
    this.#watch = navigator.geolocation.watchPosition((position) => this.#take(position), () => {}, OPTIONS);
  }

  /** @param {GeolocationPosition} position */
  #take({ coords }) {
    this.point = [coords.longitude, coords.latitude];
    this.accuracy = Math.round(coords.accuracy);
    this.#turn("on", true);
  }

  /** @template T @param {State} state @param {T} answer @returns {any} */
  #turn(state, answer) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
    return Promise.resolve(answer);
  }
}
