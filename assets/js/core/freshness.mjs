/** How true the screen is: connecting, live, late, stale or dead; told to the stylesheet and to whoever listens. */

const SILENT = 4000;
const BROKEN = 1000;
const JUDGE = 250;
const SOON = 50;
const DEAD = 15 * 60_000;

/** @typedef {"connecting"|"live"|"late"|"stale"|"dead"} State */

export class Freshness extends EventTarget {
  /** @type {State} */
  state = "connecting";
  /** @type {any} */
  tick = null;
  #heard = performance.now();
  #judged = performance.now();
  #waits = false;
  /** @type {number|null} */
  #closed = null;

  /** @param {import("./stream.mjs").Stream} stream @param {import("./clock.mjs").Clock} clock */
  constructor(stream, clock) {
    super();
    this.stream = stream;
    this.clock = clock;
    stream.addEventListener("tick", (event) => this.#hear(/** @type {CustomEvent} */ (event).detail));
    stream.addEventListener("close", () => (this.#closed ??= performance.now()));
    setInterval(() => this.#judge(), JUDGE);
  }

  get stale() {
    return this.state === "stale" || this.state === "dead";
  }

  /** Why it is stale: the socket is gone, or the server says that its feed stopped. */
  get feedStopped() {
    return this.stale && this.#silence() <= SILENT && this.#closed === null;
  }

  /** Sources that should have been heard by now, the longest silent first. @returns {{source: string, state: string, last_at: string}[]} */
  get silent() {
    const late = (this.tick?.sources ?? []).filter((/** @type {any} */ { state }) => state === "late" || state === "stopped");
    return late.sort((/** @type {any} */ a, /** @type {any} */ b) => (a.last_at < b.last_at ? -1 : 1));
  }

  get replay() {
    return this.tick?.clock === "replay";
  }

  /** Moment of the newest data. @returns {string|null} */
  get dataAt() {
    return this.tick?.feed?.last_at ?? null;
  }

  /** Real seconds between the newest data and now. @returns {number|null} */
  get lag() {
    if (!this.dataAt) return null;
    return Math.max(0, Math.round((this.clock.now() - Date.parse(this.dataAt)) / 1000 / this.clock.speed));
  }

  /** Whether this page itself was too busy to listen: then what came meanwhile is heard first, once. */
  #wasBusy() {
    const now = performance.now();
    const busy = !this.#waits && now - this.#judged > JUDGE + BROKEN;
    this.#judged = now;
    this.#waits = busy;
    return busy;
  }

  #silence() {
    return performance.now() - this.#heard;
  }

  /** @param {any} tick */
  #hear(tick) {
    this.#heard = performance.now();
    this.#closed = null;
    this.tick = tick;
    this.clock.set(tick);
    this.#judge();
    const stopped = this.silent.some(({ state }) => state === "stopped");
    document.documentElement.dataset.sources = stopped ? "partial" : "whole";
    this.dispatchEvent(new Event("tick"));
  }

  #judge() {
    if (this.#wasBusy()) return void setTimeout(() => this.#judge(), SOON);
    const state = this.#verdict();
    if (state === this.state) return;
    this.state = state;
    document.documentElement.dataset.freshness = state;
    this.dispatchEvent(new Event("change"));
  }

  /** @returns {State} */
  #verdict() {
    const silence = this.#silence();
    const broken = this.#closed !== null && performance.now() - this.#closed > BROKEN;
    if (silence > SILENT || broken) return this.tick && silence > DEAD ? "dead" : "stale";
    if (!this.tick) return "connecting";
    return this.tick.feed?.state === "stopped" ? "stale" : this.tick.feed?.state === "late" ? "late" : "live";
  }
}
