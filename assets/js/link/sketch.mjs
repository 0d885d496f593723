/** What the room drew over the map, and where its presenter points: a picture of lines over every map of a screen. */

import { svgPart } from "../chart/svg.mjs";
import { make, write } from "../core/dom.mjs";

/** A pointer that says nothing for so long is gone. */
const GONE = 2500;
const HEAD = 14;

/** @typedef {import("./room.mjs").Mark} Mark */

export class Sketch {
  /** @type {Sheet[]} */
  #sheets = [];
  /** @type {Mark|null} what is being drawn on this screen */
  #draft = null;
  /** @type {{point: [number, number], name: string}|null} */
  #pointer = null;
  #timer = 0;

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    this.screen = screen;
    const { room, maps } = screen;
    for (const map of maps.all) this.#cover(map);
    maps.addEventListener("add", (event) => this.#cover(/** @type {CustomEvent} */ (event).detail));
    room.addEventListener("marks", () => this.#draw());
    room.addEventListener("scene", () => this.#draw());
    room.addEventListener("follow", () => this.#draw());
    room.addEventListener("pointer", (event) => this.#point(/** @type {CustomEvent} */ (event).detail));
  }

  /** Show a mark that is still being drawn, or none. @param {Mark|null} mark */
  preview(mark) {
    this.#draft = mark;
    this.#draw();
  }

  /** @param {import("../map/area_map.mjs").AreaMap} map */
  #cover(map) {
    if (map.mode === "place") return;
    for (const canvas of map.canvases) this.#sheets.push(new Sheet(canvas));
    this.#draw();
  }

  #draw() {
    const { room } = this.screen;
    const marks = room.driven || !room.wall ? room.marks : [];
    const all = this.#draft ? [...marks.filter(({ id }) => id !== this.#draft?.id), this.#draft] : marks;
    if (!room.state?.pointer) this.#pointer = null;
    for (const sheet of this.#sheets) sheet.show(all, this.#pointer);
  }

  /** The presenter's pointer is seen only while the room has it on. @param {{by: string, lon: number, lat: number}} frame */
  #point({ by, lon, lat }) {
    const { room } = this.screen;
    if (!room.state?.pointer || !room.driven || by === room.me?.member) return;
    const name = room.members.find(({ member }) => member === by)?.name ?? "";
    this.#pointer = { point: [lon, lat], name };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#pointer = null;
      this.#draw();
    }, GONE);
    for (const sheet of this.#sheets) sheet.aim(this.#pointer);
  }
}

/** One map's cover: what was drawn keeps to its places when the map moves. */
class Sheet {
  /** @type {Mark[]} */
  #marks = [];
  /** @type {{point: [number, number], name: string}|null} */
  #pointer = null;

  /** @param {any} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.svg = svgPart("svg", { class: "map-sketch", "aria-hidden": "true" });
    this.name = make("span", { class: "map-pointer-name" });
    this.pointer = make("div", { class: "map-pointer", hidden: true, "aria-hidden": "true" }, this.name);
    canvas.container.append(this.svg, this.pointer);
    for (const name of ["move", "moveend", "resize"]) canvas.on(name, () => this.#place());
  }

  /** @param {Mark[]} marks @param {{point: [number, number], name: string}|null} pointer */
  show(marks, pointer) {
    this.#marks = marks;
    this.aim(pointer);
    this.#place();
  }

  /** @param {{point: [number, number], name: string}|null} pointer */
  aim(pointer) {
    this.#pointer = pointer;
    this.pointer.hidden = !pointer;
    if (!pointer) return;
    write(this.name, pointer.name);
    const { x, y } = this.canvas.project(pointer.point);
    this.pointer.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }

  #place() {
    if (!this.#marks.length && !this.svg.childElementCount) return void this.aim(this.#pointer);
    this.svg.replaceChildren(...this.#marks.flatMap((mark) => this.#lines(mark)));
    this.aim(this.#pointer);
  }

  /** A dark line beneath keeps the light one legible over any shade. @param {Mark} mark */
  #lines(mark) {
    const points = mark.points.map((point) => this.canvas.project(point));
    const d = SHAPES[mark.kind]?.(points) ?? "";
    return d ? ["sketch-under", "sketch-line"].map((name) => svgPart("path", { class: name, d, "data-mark": mark.id })) : [];
  }
}

/** @typedef {{x: number, y: number}} Spot @type {Record<string, (points: Spot[]) => string>} */
const SHAPES = {
  ink: (points) => line(points),
  arrow: (points) => (points.length < 2 ? "" : line(points) + tip(points[points.length - 2], points[points.length - 1])),
  circle: ([middle, rim]) => (rim ? round(middle, Math.hypot(rim.x - middle.x, rim.y - middle.y)) : ""),
};

/** @param {Spot[]} points */
function line(points) {
  return points.map(({ x, y }, at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** @param {Spot} from @param {Spot} to */
function tip(from, to) {
  const along = Math.atan2(to.y - from.y, to.x - from.x);
  const size = Math.max(HEAD, Math.min(40, Math.hypot(to.x - from.x, to.y - from.y) / 4));
  const side = (/** @type {number} */ turn) => ({ x: to.x - size * Math.cos(along + turn), y: to.y - size * Math.sin(along + turn) });
  return line([side(0.5), to, side(-0.5)]);
}

/** @param {Spot} middle @param {number} r */
function round({ x, y }, r) {
  return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
}
