/** A still map in lines: areas in shades, marks on some, one chosen. Without a graphics card, and reachable by arrow keys. */

import { make, write } from "../../core/dom.mjs";
import { svgPart } from "../../chart/svg.mjs";
import { boundsOf, middleOf } from "../../map/shapes.mjs";
import { Callout } from "./callout.mjs";
import { Projection } from "./projection.mjs";

const SHAPES = { overdue: "M0-8L8 0L0 8L-8 0Z", due_soon: "M0-7L7.5 6H-7.5Z" };
const TURNS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {{id: string, urgency: "overdue"|"due_soon"}} Mark
 * @typedef {{text: string, ids: string[]}} Label
 */

export class Picture {
  /** @type {string[]} */
  ids = [];
  /** @type {Map<string, any>} */
  #features = new Map();
  /** @type {Map<string, [number, number]>} */
  #middles = new Map();
  /** @type {Map<string, SVGElement>} */
  #paths = new Map();
  /** @type {{paint: (id: string) => string, marks: Mark[], labels: Label[], chosen: string, callout: string}} */
  #told = { paint: () => "", marks: [], labels: [], chosen: "", callout: "" };

  /**
   * @param {HTMLElement} host @param {import("../../map/geography.mjs").Geography} geography
   * @param {{label: string, level: string, lines: string[], choose: (id: string) => void, card: (id: string) => string}} options
   */
  constructor(host, geography, options) {
    this.geography = geography;
    this.options = options;
    const parts = ["picture-lines", "picture-areas", "picture-borders", "picture-chosen", "picture-labels", "picture-marks", "picture-callout"];
    this.svg = svgPart("svg", { class: "picture", role: "application", tabindex: "0", "aria-label": options.label });
    this.layers = Object.fromEntries(parts.map((name) => [name.slice(8), svgPart("g", { class: name })]));
    this.svg.append(...Object.values(this.layers));
    this.card = make("div", { class: "picture-card", hidden: true });
    host.append(this.svg, this.card);
    this.host = host;
    this.callout = new Callout(this.layers.callout);
    this.#listen();
  }

  /** Show these areas, whole. @param {string[]} ids */
  async open(ids) {
    if (ids.length === this.ids.length && ids.every((id, at) => id === this.ids[at])) return;
    this.ids = ids;
    const levels = [this.options.level, ...this.options.lines];
    const shapes = await Promise.all(levels.map((level) => this.geography.shapes(level)));
    this.borders = shapes.slice(1).flatMap(({ features }) => features);
    const wanted = new Set(ids);
    const found = shapes[0].features.filter((/** @type {any} */ { properties }) => wanted.has(properties.area_id));
    this.#features = new Map(found.map((/** @type {any} */ feature) => [feature.properties.area_id, feature]));
    // what was told was told of other areas
    Object.assign(this.#told, { paint: () => "unknown", marks: [], labels: [], callout: "" });
    this.#draw();
  }

  /** @param {Partial<{paint: (id: string) => string, marks: Mark[], labels: Label[], chosen: string, callout: string}>} told */
  tell(told) {
    Object.assign(this.#told, told);
    this.#show();
  }

  #listen() {
    new ResizeObserver(() => this.#draw()).observe(this.host);
    this.svg.addEventListener("click", (event) => {
      const id = this.#at(event);
      if (id) this.options.choose(id);
    });
    this.svg.addEventListener("pointermove", (event) => this.#hover(/** @type {PointerEvent} */ (event)));
    this.svg.addEventListener("pointerleave", () => (this.card.hidden = true));
    this.svg.addEventListener("keydown", (event) => this.#turn(/** @type {KeyboardEvent} */ (event)));
  }

  #draw() {
    const { width, height } = this.host.getBoundingClientRect();
    if (!width || !height || !this.#features.size) return;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const boxes = [...this.#features.values()].map(({ geometry }) => boundsOf(geometry));
    this.projection = new Projection(boxes, width, height);
    this.#paths = new Map();
    this.#middles = new Map();
    for (const [id, { geometry }] of this.#features) {
      this.#paths.set(id, svgPart("path", { d: this.projection.path(geometry), "data-id": id }));
      this.#middles.set(id, this.projection.point(middleOf(geometry) ?? [0, 0]));
    }
    this.layers.areas.replaceChildren(...this.#paths.values());
    const lines = (this.borders ?? []).map(({ geometry, properties }) =>
      svgPart("path", { d: this.projection?.path(geometry) ?? "", class: `border border-${properties.level}` }));
    this.layers.borders.replaceChildren(...lines);
    this.#show();
  }

  #show() {
    if (!this.#paths.size) return;
    const { paint, marks, labels, chosen, callout } = this.#told;
    for (const [id, path] of this.#paths) {
      const name = `area ${paint(id)}`;
      if (path.getAttribute("class") !== name) path.setAttribute("class", name);
    }
    this.layers.marks.replaceChildren(...marks.flatMap((mark) => this.#mark(mark)));
    this.layers.labels.replaceChildren(...labels.flatMap((label) => this.#label(label)));
    const outline = this.#features.get(chosen);
    const d = outline && this.projection ? this.projection.path(outline.geometry) : "";
    this.layers.chosen.replaceChildren(svgPart("path", { d, class: "casing" }), svgPart("path", { d, class: "chosen" }));
    const { width, height } = this.host.getBoundingClientRect();
    this.callout.show(this.#middles.get(chosen) ?? null, callout.split("\n"), width, height);
    const taken = [this.layers.callout.getBoundingClientRect()];
    for (const label of this.layers.labels.children) {
      const box = label.getBoundingClientRect();
      const clash = taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      label.setAttribute("visibility", clash ? "hidden" : "visible");
      if (!clash) taken.push(box);
    }
  }

  /** @param {Mark} mark */
  #mark({ id, urgency }) {
    const middle = this.#middles.get(id);
    if (!middle) return [];
    return [svgPart("path", { d: SHAPES[urgency], class: `area-sign sign-${urgency}`, "data-id": id, transform: `translate(${middle.join(" ")})` })];
  }

  /** @param {Label} label */
  #label({ text, ids }) {
    const middles = ids.flatMap((id) => this.#middles.get(id) ?? []);
    if (!middles.length) return [];
    const xs = middles.filter((_, at) => at % 2 === 0);
    const ys = middles.filter((_, at) => at % 2 === 1);
    const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const element = svgPart("text", { x: mean(xs).toFixed(1), y: mean(ys).toFixed(1), class: "place" });
    element.textContent = text;
    return [element];
  }

  /** @param {Event} event */
  #at(event) {
    return /** @type {HTMLElement} */ (event.target).dataset?.id ?? "";
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const id = this.#at(event);
    this.card.hidden = !id;
    if (!id) return;
    write(this.card, this.options.card(id));
    const box = this.host.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    this.card.style.transform = `translate(${Math.min(x + 12, box.width - this.card.offsetWidth - 4)}px, ${Math.max(4, y - this.card.offsetHeight - 8)}px)`;
  }

  /** Choose the nearest area that way. @param {KeyboardEvent} event */
  #turn(event) {
    const turn = TURNS[event.key];
    if (!turn) return;
    event.preventDefault();
    const from = this.#middles.get(this.#told.chosen);
    if (!from) return this.options.choose(this.ids[0]);
    let [best, least] = ["", Infinity];
    for (const [id, [x, y]] of this.#middles) {
      const [dx, dy] = [x - from[0], y - from[1]];
      const [along, aside] = [dx * turn[0] + dy * turn[1], Math.abs(dx * turn[1] + dy * turn[0])];
      if (along > 1 && aside <= along * 1.5 && along + aside < least) [best, least] = [id, along + aside];
    }
    if (best) this.options.choose(best);
  }
}
