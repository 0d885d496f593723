/** The maps on this screen, as far as a room is concerned: where they look, who moved them, what is hidden on them. */

/** Hears `add` (a map was opened: detail), `moved` (a hand moved one: detail is the map). */
export class Maps extends EventTarget {
  /** @type {Set<import("../map/area_map.mjs").AreaMap>} */
  #all = new Set();
  /** How much of the page each has, as the browser tells it: to ask would lay the page out in the middle of a change. @type {WeakMap<Element, number>} */
  #sizes = new WeakMap();
  #watching = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) this.#sizes.set(target, contentRect.width * contentRect.height);
  });

  /** @param {import("../map/area_map.mjs").AreaMap} map */
  add(map) {
    this.#all.add(map);
    this.#sizes.set(map.panel, map.panel.clientWidth * map.panel.clientHeight);
    this.#watching.observe(map.panel);
    this.#hear(map);
    this.dispatchEvent(new CustomEvent("add", { detail: map }));
  }

  get all() {
    return [...this.#all].filter(({ mode }) => mode !== "place");
  }

  /** The map that is seen, the largest where there are several. @returns {import("../map/area_map.mjs").AreaMap|null} */
  get main() {
    const size = (/** @type {any} */ { panel }) => this.#sizes.get(panel) ?? 0;
    const seen = this.all.filter((map) => size(map) > 0);
    return seen.sort((a, b) => size(b) - size(a))[0] ?? null;
  }

  /** West, south, east, north of the main map. @returns {[number, number, number, number]|null} */
  get box() {
    return /** @type {any} */ (this.main?.canvas.box ?? null);
  }

  /** A hand that drags, pinches or turns the wheel moves a map; the screen itself has no such event. @param {import("../map/area_map.mjs").AreaMap} map */
  #hear(map) {
    const moved = (/** @type {any} */ event) => event.originalEvent && this.dispatchEvent(new CustomEvent("moved", { detail: map }));
    map.canvas.on("movestart", moved);
    map.canvas.on("move", moved);
  }
}
