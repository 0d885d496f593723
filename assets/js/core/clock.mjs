/** The city's clock: the server's time, carried on between ticks at the server's speed. */

export class Clock {
  #at = Date.now();
  #heard = performance.now();
  speed = 1;
  /** Whether it stands: a room that went back in time holds it. */
  #stands = false;
  running = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {string} timeZone */
  constructor(timeZone) {
    this.timeZone = timeZone;
    this.#beat();
  }

  /** @param {{now: string, speed?: number, clock?: string}} tick */
  set({ now, speed, clock }) {
    this.#at = Date.parse(now);
    this.#heard = performance.now();
    this.speed = speed || 1;
    this.running = true;
    this.#stands = clock === "replay" && speed === 0;
    if (this.#stands || this.speed !== 1) this.#tell();
  }

  /** Milliseconds of the city's present moment. A replay stands still when its ticks stop. */
  now() {
    if (this.#stands) return this.#at;
    const passed = performance.now() - this.#heard;
    return this.#at + (this.speed === 1 ? passed : Math.min(passed, 1500) * this.speed);
  }

  /** Call back now and every second. @param {() => void} listener @returns {() => void} stops it */
  everySecond(listener) {
    this.#listeners.add(listener);
    listener();
    return () => this.#listeners.delete(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  #beat() {
    this.#tell();
    setTimeout(() => this.#beat(), 1000 - (Date.now() % 1000));
  }
}
