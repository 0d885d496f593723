/** How the ten numbers moved: asked for an area, then again every few minutes; today's point is the number as it stands. */

const AGAIN = 300_000;

export class Trends extends EventTarget {
  /** @type {Map<string, (number|null)[]>} */
  #rows = new Map();
  #leave = () => {};

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    super();
    this.screen = screen;
    screen.selection.addEventListener("area", () => {
      this.#rows = new Map();
      this.#ask();
    });
    setInterval(() => this.#ask(), AGAIN);
    this.#ask();
  }

  /** The number on each of the last days at this time, the last as it is now. @param {{metric: string, value: number|null}} row */
  of({ metric, value }) {
    const known = this.#rows.get(metric) ?? [];
    return known.length ? [...known.slice(0, -1), value] : [];
  }

  /** Watched until it came, no longer: four weeks do not change within a second. */
  #ask() {
    const { stream, selection } = this.screen;
    this.#leave();
    this.#leave = stream.subscribe("briefing_trend", selection.area, (channel) => {
      if (!channel.loaded) return;
      this.#rows = new Map([...channel.rows.values()].map((row) => [row.metric, row.trend]));
      setTimeout(this.#leave);
      this.dispatchEvent(new Event("change"));
    });
  }
}
