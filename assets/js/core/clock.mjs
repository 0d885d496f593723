/** The city's clock: the server's time, carried on between ticks at the server's speed. */

export class Clock {
  #at = Date.now();
  #heard = performance.now();
  speed = 1;
  running = false;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {string} timeZone */
  constructor(timeZone) {
    this.timeZone = timeZone;
    this.#beat();
  }

  /** @param {{now: string, speed?: number}} tick */
  set({ now, speed }) {
    this.#at = Date.parse(now);
    this.#heard = performance.now();
    this.speed = speed || 1;
    this.running = true;
    if (this.speed !== 1) this.#tell();
  }

  /** Milliseconds of the city's present moment. A replay stands still when its ticks stop. */
  now() {
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
