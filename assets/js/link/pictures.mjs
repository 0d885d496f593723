/** Counts the pictures this display draws, a little of the time: to count is to draw, and a display at rest shall rest. */

const OFTEN = 5000;
const COUNTED = 500;

export class Pictures {
  /** @type {number|null} a second, as last counted */
  rate = null;
  /** When the last one was drawn, or the page came to be seen. */
  at = performance.now();
  #counting = false;

  constructor() {
    setInterval(() => document.hidden || this.#count(), OFTEN);
    document.addEventListener("visibilitychange", () => (this.at = performance.now()));
    this.#count();
  }

  /** Who still waits for a picture when the next count begins shows none. */
  #count() {
    if (this.#counting) return void (this.rate = 0);
    this.#counting = true;
    const begun = performance.now();
    let pictures = -1;
    const count = () => {
      pictures += 1;
      this.at = performance.now();
      const passed = this.at - begun;
      if (passed < COUNTED) return void requestAnimationFrame(count);
      this.#counting = false;
      this.rate = Math.round((pictures / passed) * 10_000) / 10;
    };
    requestAnimationFrame(count);
  }
}
