/** The bar of time: the last day as bars of what was reported; who moves its hand moves the whole room. */

import { find, make, mark, write } from "../core/dom.mjs";
import { svgPart } from "../chart/svg.mjs";
import { icon } from "./icons.mjs";
import { ask } from "./notice.mjs";
import { keepTime, present, replayed } from "./time.mjs";

const [MINUTE, DAY, SLOT] = [60_000, 86_400_000, 900_000];
const [LITTLE, MUCH, FAST, SETTLE] = [10 * MINUTE, 60 * MINUTE, 60, 150];

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function replay(element, screen) {
  new Replay(element, screen);
}

class Replay {
  /** @type {{starts: number, count: number}[]} */
  #bars = [];
  #timer = 0;
  #moving = false;
  #leave = () => {};

  /** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
  constructor(element, screen) {
    this.element = element;
    this.screen = screen;
    const { room, words, clock, selection } = screen;
    keepTime(screen);
    this.hand = /** @type {HTMLInputElement} */ (make("input", { type: "range", class: "replay-hand", min: 0, max: DAY / MINUTE, step: 1, value: DAY / MINUTE, "aria-label": words.say("room.hand-of-time") }));
    this.chart = svgPart("svg", { viewBox: "0 0 96 24", preserveAspectRatio: "none", class: "replay-chart", "aria-hidden": "true" });
    const button = (/** @type {string} */ name, /** @type {() => void} */ act) => {
      const made = make("button", { type: "button", class: `replay-${name}`, "aria-label": words.say(`room.replay.${name}`), title: words.say(`room.replay.${name}`) }, icon(name));
      made.addEventListener("click", act);
      return made;
    };
    this.button = button("play", () => this.#play());
    const live = make("button", { type: "button", class: "replay-live" }, words.say("room.live"), make("kbd", {}, "L"));
    live.addEventListener("click", () => ask(screen, "live"));
    this.time = make("time", { class: "replay-time value" });
    const track = make("div", { class: "replay-track" }, this.chart, this.hand, make("span", { class: "replay-from" }), make("span", { class: "replay-to" }));
    element.append(this.button, this.time, track, live, button("close", () => this.turn(false)));
    this.hand.addEventListener("input", () => this.#moved());
    this.hand.addEventListener("change", () => (this.#moving = false));
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("turn", () => this.turn(element.hidden));
    for (const what of ["joined", "scene"]) room.addEventListener(what, () => this.#show());
    selection.addEventListener("area", () => this.#listen());
    clock.everySecond(() => this.#show());
  }

  /** Open or shut the bar. @param {boolean} open */
  turn(open) {
    const { room, page } = this.screen;
    if (open && !room.may("push")) return;
    this.element.hidden = !open;
    mark(page.root, "replay", open ? "open" : null);
    this.#listen();
    if (open) this.hand.focus();
    page.root.dispatchEvent(new Event("replay"));
  }

  /** The day is asked for only while it is seen; what a rewound day does not know any more is kept. */
  #listen() {
    this.#leave();
    this.#leave = () => {};
    if (this.element.hidden) return;
    this.#leave = this.screen.stream.subscribe("day_curve", this.screen.selection.area, (channel) => {
      if (this.screen.freshness.replay && this.#bars.length) return;
      this.#bars = [...channel.rows.values()].flatMap((row) => bars(row));
      this.#draw();
    });
    this.#show();
  }

  #draw() {
    const end = present(this.screen);
    const seen = this.#bars.filter(({ starts }) => starts + SLOT > end - DAY && starts < end);
    const most = Math.max(1, ...seen.map(({ count }) => count));
    this.chart.replaceChildren(...seen.map(({ starts, count }) => {
      const height = (22 * count) / most;
      const attributes = { x: ((96 * (starts - end + DAY)) / DAY + 0.1).toFixed(2), y: (24 - height).toFixed(2), width: 0.8, height: height.toFixed(2) };
      return svgPart("rect", attributes);
    }));
  }

  #show() {
    const { room, words } = this.screen;
    if (!room.may("push") && room.me) this.element.hidden = true;
    if (this.element.hidden) return;
    const end = present(this.screen);
    const at = room.replaying ? replayed(this.screen) : end;
    const playing = room.replaying && Boolean(room.scene?.time?.speed);
    const held = Boolean(room.state?.presenter) && !room.presents;
    for (const part of /** @type {NodeListOf<HTMLButtonElement>} */ (this.element.querySelectorAll(".replay-play, .replay-live, .replay-hand"))) part.disabled = held;
    if (this.button.dataset.icon !== String(playing)) {
      mark(this.button, "icon", String(playing));
      this.button.replaceChildren(icon(playing ? "pause" : "play"));
      this.button.setAttribute("aria-label", words.say(playing ? "room.replay.pause" : "room.replay.play"));
    }
    if (!this.#moving) this.hand.value = String(Math.round((at - end + DAY) / MINUTE));
    const said = this.#moving ? end - DAY + Number(this.hand.value) * MINUTE : at;
    write(this.time, words.time("second", said));
    this.hand.setAttribute("aria-valuetext", words.time("moment", said));
    write(find(this.element, ".replay-from"), words.time("moment", end - DAY));
    write(find(this.element, ".replay-to"), words.say("room.live"));
    /** @type {HTMLButtonElement} */ (find(this.element, ".replay-live")).disabled = held || !room.replaying;
  }

  #moved() {
    this.#moving = true;
    clearTimeout(this.#timer);
    this.#show();
    this.#timer = setTimeout(() => {
      this.#moving = false;
      this.#go(present(this.screen) - DAY + Number(this.hand.value) * MINUTE, 0);
    }, SETTLE);
  }

  /** @param {number} at @param {number} speed */
  #go(at, speed) {
    const end = present(this.screen);
    if (at > end - MINUTE / 2) return ask(this.screen, "live");
    return ask(this.screen, "replay", { at: new Date(Math.max(at, end - DAY)).toISOString(), speed });
  }

  #play() {
    const { room } = this.screen;
    if (!room.replaying) return this.#go(present(this.screen) - MUCH, FAST);
    return this.#go(replayed(this.screen), room.scene?.time?.speed ? 0 : FAST);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const { room } = this.screen;
    if (by) this.#step(by * (event.shiftKey ? MUCH : LITTLE));
    else if (event.key === " " && event.target === this.hand) this.#play();
    else if (event.key === "Escape") this.turn(false);
    else if (event.key.toLowerCase() === "l" && room.replaying) ask(this.screen, "live");
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} span */
  #step(span) {
    const at = this.screen.room.replaying ? replayed(this.screen) : present(this.screen);
    this.#go(at + span, this.screen.room.scene?.time?.speed ?? 0);
  }
}

/** What was reported in a quarter of an hour of today, and of yesterday. @param {any} row */
function bars(row) {
  const starts = Date.parse(row.starts_at);
  const today = row.begun ? [{ starts, count: row.reported ?? 0 }] : [];
  return [...today, { starts: starts - DAY, count: row.reported_before ?? 0 }];
}
