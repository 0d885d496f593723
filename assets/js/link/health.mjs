/** How this display fares, told to its room every five seconds: pictures a second, memory, the last tick, errors. */

const OFTEN = 5000;
/** So long of that pictures are counted: to count is to draw, and a display at rest shall rest. */
const COUNTED = 500;
const MEGABYTE = 1 << 20;

export class Health {
  /** @type {number|null} pictures a second, as last counted */
  #rate = null;
  #counting = false;

  /** @param {import("../core/follow.mjs").Screen} screen @param {import("./watchman.mjs").Watchman} watchman */
  constructor(screen, watchman) {
    this.screen = screen;
    this.watchman = watchman;
    setInterval(() => this.#tell(), OFTEN);
    setInterval(() => document.hidden || this.#count(), OFTEN);
    this.#count();
    screen.room.addEventListener("joined", () => this.#tell());
  }

  /** Who still waits for a picture when the next count begins shows none. */
  #count() {
    if (this.#counting) return void (this.#rate = 0);
    this.#counting = true;
    const begun = performance.now();
    let pictures = -1;
    const count = () => {
      pictures += 1;
      this.watchman.rendered();
      const passed = performance.now() - begun;
      if (passed < COUNTED) return void requestAnimationFrame(count);
      this.#counting = false;
      this.#rate = Math.round((pictures / passed) * 10_000) / 10;
    };
    requestAnimationFrame(count);
  }

  /** Memory in use in MB, where the browser tells. @returns {number|null} */
  static get heap() {
    const used = /** @type {any} */ (performance).memory?.usedJSHeapSize;
    return used ? Math.round(used / MEGABYTE) : null;
  }

  #tell() {
    const { room, page, freshness, stream } = this.screen;
    if (!room.me) return;
    stream.send({
      type: "health", build: page.build, layout: page.root.dataset.layout ?? "", frames_per_second: document.hidden ? null : this.#rate, heap_mb: Health.heap,
      last_tick_at: freshness.tick?.now ?? null, freshness: freshness.state, errors: window.citybrain.errors.length + this.watchman.crashes,
    });
  }
}
