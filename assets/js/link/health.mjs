/** How this display fares, told to its room every five seconds: pictures a second, memory, the last tick, errors. */

const OFTEN = 5000;
const MEGABYTE = 1 << 20;

export class Health {
  /** @param {import("../core/follow.mjs").Screen} screen @param {import("./watchman.mjs").Watchman} watchman */
  constructor(screen, watchman) {
    this.screen = screen;
    this.watchman = watchman;
    setInterval(() => this.#tell(), OFTEN);
    screen.room.addEventListener("joined", () => this.#tell());
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
      type: "health", build: page.build, layout: page.root.dataset.layout ?? "", frames_per_second: document.hidden ? null : this.watchman.pictures.rate, heap_mb: Health.heap,
      last_tick_at: freshness.tick?.now ?? null, freshness: freshness.state, errors: window.citybrain.errors.length + this.watchman.crashes,
    });
  }
}
