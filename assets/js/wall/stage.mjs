/** The wall's stage: lays the scene's panels out for this wall, starts those that are seen for the first time, stows the others. */

import { mark } from "../core/dom.mjs";
import { arrange, HEAD, nearest } from "./arrange.mjs";
import { share, unit } from "./geometry.mjs";
import { locating } from "./locating.mjs";
import { liesOver, lookOf } from "./looks.mjs";
import { asked, at, cast } from "./scene.mjs";

/** What of the address says how the wall is laid out; what it looks at moves no panel. */
const SHAPING = ["layout", "segment", "rows", "preview"];

/** @typedef {Record<string, (element: HTMLElement, screen: import("../core/follow.mjs").Screen) => void>} Renderers */

/** @param {Renderers} renderers @returns {(frame: HTMLElement, screen: import("../core/follow.mjs").Screen) => void} */
export function stage(renderers) {
  return (frame, screen) => new Stage(frame, screen, renderers).open();
}

class Stage {
  #shown = "";
  #opened = false;

  /** @param {HTMLElement} frame @param {import("../core/follow.mjs").Screen} screen @param {Renderers} renderers */
  constructor(frame, screen, renderers) {
    this.frame = frame;
    this.screen = screen;
    this.renderers = renderers;
    this.site = JSON.parse(frame.dataset.site ?? "{}");
    this.slots = /** @type {HTMLElement[]} */ ([...frame.querySelectorAll("[data-slot]")]);
  }

  /** The room says what is shown, or the address; who changes that, or the window, sees the change within a second. */
  open() {
    for (const panel of this.frame.querySelectorAll("[data-slot] [data-panel]")) stow(/** @type {HTMLElement} */ (panel));
    addEventListener("resize", () => this.#show());
    locating(this.screen);
    this.screen.room.addEventListener("scene", () => this.#show());
    this.screen.clock.everySecond(() => this.#show());
    this.#opened = true;
  }

  #show() {
    const { clock, room } = this.screen;
    const own = () => at(asked(this.site.scenes), clock.running ? clock.now() : 0, clock.speed);
    const { scene, layout } = cast(room, this.site.scenes) ?? { scene: own(), layout: "" };
    const query = new URLSearchParams(location.search);
    const sizes = [scene, layout, ...SHAPING.map((name) => query.get(name)), innerWidth, innerHeight, devicePixelRatio].join(" ");
    if (sizes === this.#shown) return;
    this.#shown = sizes;
    this.#lay(scene, layout);
    this.screen.page.root.dispatchEvent(new Event("arranged"));
  }

  /** @param {string} scene @param {string} cast the layout the room asks for */
  #lay(scene, cast) {
    const u = unit(this.site.viewing);
    const part = share(u);
    const wanted = new URLSearchParams(location.search).get("layout") ?? cast;
    const shape = this.site.shapes[wanted]?.scenes[scene] ? wanted : nearest(this.site.shapes, scene, part.width / part.height);
    const arrangement = this.site.shapes[shape].scenes[scene];
    const seam = part.across > 1 ? part.width / part.across : this.site.cabinet_px / (u * devicePixelRatio);
    const { boxes, columns, dropped } = arrange(arrangement, part.width, part.height, seam);
    const { root } = this.screen.page;
    root.style.setProperty("--u", `${u}px`);
    for (const [name, value] of Object.entries({ scene, layout: shape, dropped: dropped.join(" ") })) mark(root, name, value);
    place(this.frame, { x: -part.left, y: -part.top, w: part.width, h: part.height });
    this.#head(columns, part.width, scene);
    for (const slot of this.slots) this.#fill(slot, boxes, arrangement.keep, part);
    mark(this.frame, "arranged", "true");
  }

  /** @param {HTMLElement} slot @param {Map<string, import("./arrange.mjs").Box>} boxes @param {string[]} keep @param {import("./geometry.mjs").Share} part */
  #fill(slot, boxes, keep, part) {
    const name = slot.dataset.slot ?? "";
    const around = /** @type {HTMLElement|null} */ (slot.parentElement?.closest("[data-slot]"));
    const map = boxes.get(around?.dataset.slot ?? "");
    const box = around ? undefined : boxes.get(name);
    const seen = box ? overlaps(box, part) : around !== null && !around.hidden && map !== undefined && keep.includes(name) && liesOver(name, map);
    slot.hidden = !seen;
    if (!seen) return;
    if (box) {
      place(slot, box);
      mark(slot, "look", lookOf(name, box) ?? "least");
      mark(slot, "first", box.y <= HEAD ? "true" : null);
    }
    for (const panel of slot.querySelectorAll("[data-stowed]")) this.#wake(/** @type {HTMLElement} */ (panel), slot);
  }

  /** @param {HTMLElement} panel @param {HTMLElement} slot */
  #wake(panel, slot) {
    if (panel.closest("[data-slot]") !== slot) return;
    const name = panel.dataset.stowed ?? "";
    delete panel.dataset.stowed;
    panel.dataset.panel = name;
    if (panel.dataset.later) panel.dataset.view = panel.dataset.later;
    delete panel.dataset.later;
    // until the stage is open the page itself starts what it finds
    if (this.#opened) this.renderers[name]?.(panel, this.screen);
  }

  /** The header stands on the columns, so that it keeps off the seams. @param {{x: number, w: number}[]} columns @param {number} width @param {string} scene */
  #head(columns, width, scene) {
    const head = /** @type {HTMLElement} */ (this.frame.querySelector(".wall-head"));
    const wide = columns.length > 2 && width >= 2600;
    const look = wide ? "columns" : width >= 1700 ? "line" : "short";
    mark(head, "look", look);
    mark(this.screen.page.root, "head", look);
    place(head, { x: 0, y: 0, w: width, h: HEAD });
    const [first, middle, last] = wide ? [columns[0], columns[1], columns[columns.length - 1]] : [columns[0], columns[0], columns[0]];
    const parts = [...head.children].map((part) => /** @type {HTMLElement} */ (part));
    parts.forEach((part, index) => place(part, wide ? { ...[first, middle, last][index], y: 0, h: HEAD } : { x: 0, y: 0, w: 0, h: HEAD }));
    for (const name of head.querySelectorAll("[data-scene-name]")) {
      /** @type {HTMLElement} */ (name).hidden = /** @type {HTMLElement} */ (name).dataset.sceneName !== scene;
    }
  }
}

/** Keep a panel from being started until its scene comes. @param {HTMLElement} panel */
function stow(panel) {
  panel.dataset.stowed = panel.dataset.panel ?? "";
  panel.dataset.later = panel.dataset.view ?? "";
  delete panel.dataset.panel;
  delete panel.dataset.view;
}

/** @param {HTMLElement} element @param {import("./arrange.mjs").Box} box */
function place(element, box) {
  for (const [name, value] of Object.entries(box)) element.style.setProperty(`--${name}`, value.toFixed(2));
}

/** @param {import("./arrange.mjs").Box} box @param {import("./geometry.mjs").Share} part */
function overlaps(box, { left, top, own }) {
  return box.x < left + own.width && box.x + box.w > left && box.y < top + own.height && box.y + box.h > top;
}
