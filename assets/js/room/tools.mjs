/** The tools of a room over the map: the lock, the lead, the pointer, the pens, time and kept scenes; only what one may use is there. */

import { make, mark } from "../core/dom.mjs";
import { icon } from "./icons.mjs";
import { openKept } from "./kept.mjs";
import { announce, ask } from "./notice.mjs";
import { Pen } from "./pen.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @typedef {{name: string, may: string, act: (tools: Tools, button: HTMLElement) => void, on?: (tools: Tools) => boolean, shown?: (tools: Tools) => boolean}} Tool */

/** @type {Tool[]} */
const TOOLS = [
  { name: "lock", may: "lead", act: ({ screen }) => ask(screen, screen.room.presents ? "unlock" : "lock"), on: ({ screen }) => screen.room.presents, shown: ({ screen }) => !screen.room.state?.presenter || screen.room.presents },
  { name: "lead", may: "", act: ({ screen }) => ask(screen, "lead", { on: !screen.room.state?.leading }), on: ({ screen }) => Boolean(screen.room.state?.leading), shown: ({ screen }) => screen.room.presents },
  { name: "pointer", may: "", act: (tools) => tools.point(), on: ({ screen }) => Boolean(screen.room.state?.pointer), shown: ({ screen }) => screen.room.presents },
  { name: "ink", may: "annotate", act: (tools) => tools.draw("ink"), on: ({ pen }) => pen.kind === "ink" },
  { name: "arrow", may: "annotate", act: (tools) => tools.draw("arrow"), on: ({ pen }) => pen.kind === "arrow" },
  { name: "circle", may: "annotate", act: (tools) => tools.draw("circle"), on: ({ pen }) => pen.kind === "circle" },
  { name: "erase", may: "annotate", act: (tools) => tools.draw("erase"), on: ({ pen }) => pen.kind === "erase", shown: ({ screen }) => screen.room.marks.length > 0 },
  { name: "clear", may: "annotate", act: ({ screen, pen }) => ask(screen, "clear_marks").then(() => pen.stop()), shown: ({ screen }) => screen.room.marks.length > 0 },
  { name: "clock", may: "push", act: ({ screen }) => screen.page.root.querySelector(".room-replay")?.dispatchEvent(new Event("turn")), on: ({ screen }) => screen.page.root.dataset.replay === "open" },
  { name: "kept", may: "push", act: ({ screen }, button) => openKept(screen, button) },
];

/** @param {HTMLElement} element @param {Screen} screen */
export function tools(element, screen) {
  new Tools(element, screen);
}

class Tools {
  open = false;
  /** @type {Map<string, HTMLElement>} */
  #buttons = new Map();

  /** @param {HTMLElement} element @param {Screen} screen */
  constructor(element, screen) {
    this.element = element;
    this.screen = screen;
    this.pen = new Pen(screen, () => this.show());
    this.opener = this.#button("tools", () => this.turn());
    this.opener.setAttribute("aria-expanded", "false");
    element.append(this.opener);
    for (const tool of TOOLS) {
      const button = this.#button(tool.name, () => tool.act(this, button));
      this.#buttons.set(tool.name, button);
      element.append(button);
    }
    element.addEventListener("turn", () => this.turn());
    element.addEventListener("keydown", (event) => this.#key(event));
    for (const what of ["joined", "scene", "marks", "presence"]) screen.room.addEventListener(what, () => this.show());
    screen.page.root.addEventListener("replay", () => this.show());
    this.show();
  }

  /** @param {string} name @param {() => void} act */
  #button(name, act) {
    const label = this.screen.words.say(`room.tool.${name}`);
    const button = make("button", { type: "button", class: "room-tool", "aria-label": label, title: label, "data-tool": name }, icon(name));
    button.addEventListener("click", act);
    return button;
  }

  /** Fold the tools out or away. */
  turn() {
    if (this.element.hidden) return;
    this.open = !this.open;
    if (!this.open) this.pen.stop();
    this.show();
    this.opener.focus();
  }

  show() {
    const { room } = this.screen;
    const may = TOOLS.filter((tool) => room.me && (!tool.may || room.may(tool.may)) && (tool.shown?.(this) ?? true));
    this.element.hidden = !may.length;
    this.opener.setAttribute("aria-expanded", String(this.open));
    mark(this.element, "open", this.open ? "true" : null);
    for (const tool of TOOLS) {
      const button = /** @type {HTMLElement} */ (this.#buttons.get(tool.name));
      button.hidden = !this.open || !may.includes(tool);
      if (tool.on) button.setAttribute("aria-pressed", String(tool.on(this)));
    }
  }

  /** @param {import("./pen.mjs").Kind} kind */
  draw(kind) {
    const same = this.pen.kind === kind;
    if (same) this.pen.stop();
    else this.pen.take(kind);
    if (!same) announce(this.screen.words.say(kind === "erase" ? "room.erasing" : "room.drawing"));
  }

  async point() {
    const on = !this.screen.room.state?.pointer;
    if (!(await ask(this.screen, "point", { on }))) return;
    if (on) this.pen.take("pointer");
    else this.pen.stop();
  }

  /** Arrows go from tool to tool. @param {KeyboardEvent} event */
  #key(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const all = /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll("button:not([hidden])")]);
    event.preventDefault();
    all[(all.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + by + all.length) % all.length].focus();
  }
}
