/** Ties a panel to its view: subscribes for the selected area, keeps its data time, says when it is loading or refused. */

import { find, make, mark, write } from "./dom.mjs";

const PATIENCE = 3000;
/** A reason is for a person to read, not to debug by. */
const LONGEST = 120;

/**
 * @typedef {object} Screen
 * @property {import("./page.mjs").Page} page
 * @property {import("./stream.mjs").Stream} stream
 * @property {import("./clock.mjs").Clock} clock
 * @property {import("./words.mjs").Words} words
 * @property {import("./freshness.mjs").Freshness} freshness
 * @property {import("./selection.mjs").Selection} selection
 * @property {import("../map/geography.mjs").Geography} geography
 * @property {import("../map/shade.mjs").Shade} shade
 * @property {import("../link/room.mjs").Room} room
 * @property {import("../link/maps.mjs").Maps} maps the maps on this screen
 * @property {import("../link/sketch.mjs").Sketch} [sketch] what the room drew over the maps
 * @property {(id: string) => any} areaRow the present numbers of an area
 */

/**
 * Render a view of the selected area, now and with every change.
 * @param {HTMLElement} panel @param {Screen} screen @param {string} view
 * @param {(channel: import("./channel.mjs").Channel, change: import("./channel.mjs").Change) => void} render
 */
export function follow(panel, screen, view, render) {
  const notice = new Notice(panel, screen);
  /** @type {import("./channel.mjs").Channel|null} */
  let shown = null;
  const listener = (/** @type {any} */ channel, /** @type {any} */ change) => {
    shown = channel.refusal ? null : channel;
    if (channel.refusal) return notice.refuse(channel.refusal);
    notice.clear();
    stamp(panel, screen, channel.asOf);
    render(channel, change);
  };
  // what did not change since is as true now as what did
  const restamp = (/** @type {string} */ asOf) => shown?.loaded && asOf > (shown.asOf ?? "") && stamp(panel, screen, asOf);
  screen.stream.addEventListener("round", (event) => restamp(/** @type {CustomEvent} */ (event).detail.asOf));
  screen.freshness.addEventListener("tick", () => restamp(screen.freshness.tick.as_of));
  let leave = () => {};
  const enter = () => {
    leave();
    shown = null;
    notice.wait();
    leave = screen.stream.subscribe(view, screen.selection.area, listener);
  };
  screen.selection.addEventListener("area", enter);
  enter();
}

/** @param {HTMLElement} panel @param {Screen} screen @param {string|null} asOf */
function stamp(panel, screen, asOf) {
  panel.dataset.asOf = asOf ?? "";
  const time = panel.querySelector("[data-asof]");
  if (!time || !asOf) return;
  const moment = screen.words.time("second", asOf);
  write(time, panel.dataset.panel === "legend" ? moment : screen.words.say("fresh.asof", { time: moment }));
  time.setAttribute("datetime", asOf);
}

/** What a panel says instead of data. */
class Notice {
  #timer = 0;

  /** @param {HTMLElement} panel @param {Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
  }

  wait() {
    const since = performance.now();
    clearInterval(this.#timer);
    mark(this.panel, "state", "loading");
    this.#timer = setInterval(() => {
      const waited = performance.now() - since;
      const silent = waited < PATIENCE || this.screen.freshness.stale;
      this.#say(silent ? "" : this.screen.words.say("state.loading", { seconds: Math.floor(waited / 1000) }));
    }, 1000);
  }

  /** @param {string} reason */
  refuse(reason) {
    clearInterval(this.#timer);
    mark(this.panel, "state", "refused");
    const { words, page } = this.screen;
    this.#say(page.name === "wall" ? words.say("state.no-data") : words.say("state.refused", { reason: reason.slice(0, LONGEST) }));
  }

  clear() {
    clearInterval(this.#timer);
    mark(this.panel, "state", null);
    this.#say("");
  }

  /** @param {string} text */
  #say(text) {
    let note = find(this.panel, ":scope > .notice");
    if (!note && !text) return;
    if (!note) {
      note = make("p", { class: "notice", role: "status" });
      this.panel.append(note);
    }
    write(note, text);
    note.hidden = !text;
  }
}
