/** The one case a wall looks at: the one asked for, else the one that presses most; asked anew when it changes. */

import { mark } from "../core/dom.mjs";
import { address } from "../core/page.mjs";

const AGAIN = 15_000;
/** @type {WeakMap<object, Focus>} */
const known = new WeakMap();

/** @param {import("../core/follow.mjs").Screen} screen @returns {Focus} */
export function focusOf(screen) {
  let focus = known.get(screen);
  if (!focus) {
    focus = new Focus(screen);
    known.set(screen, focus);
  }
  return focus;
}

export class Focus extends EventTarget {
  /** @type {any} */
  row = null;
  /** @type {any[]} */
  steps = [];
  /** @type {Map<string, any>} open cases with a point */
  around = new Map();
  #id = "";
  #asked = 0;

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    super();
    this.screen = screen;
    const { stream, selection, geography } = screen;
    stream.subscribe("case_points", selection.rootArea, (channel, change) => this.#hear(channel.rows, change));
    for (const what of ["case", "area"]) selection.addEventListener(what, () => this.#turn([]));
    setInterval(() => this.#ask(), AGAIN);
    geography.load().then(() => this.#tell());
  }

  /** @param {Map<string, any>} rows @param {import("../core/channel.mjs").Change} change */
  #hear(rows, change) {
    this.around = rows;
    this.#turn([...change.drop, ...change.set.map((row) => String(row.case_id))]);
  }

  /** Look at the case that is wanted now; ask for it anew where it is another or was touched. @param {string[]} touched */
  #turn(touched) {
    const wanted = this.screen.selection.case ?? (this.around.has(this.#id) ? this.#id : mostPressing(this.around, this.screen));
    if (wanted !== this.#id || touched.includes(wanted)) {
      this.#id = wanted;
      this.#ask();
    }
    this.#tell();
  }

  async #ask() {
    if (!this.#id) return;
    this.#asked += 1;
    const question = this.#asked;
    const answer = await fetch(address(`api/cases/${encodeURIComponent(this.#id)}`)).catch(() => null);
    const found = answer?.ok ? await answer.json() : null;
    if (question !== this.#asked || !found) return;
    [this.row, this.steps] = [found.case, found.timeline];
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  /** Call back now and with every change, once there is a case. @param {HTMLElement} panel @param {(focus: Focus) => void} listener */
  listen(panel, listener) {
    mark(panel, "state", this.row ? null : "loading");
    const tell = () => {
      if (!this.row) return;
      mark(panel, "state", null);
      listener(this);
    };
    this.addEventListener("change", tell);
    tell();
  }
}

/** What is due next, else what is late the longest, inside the chosen area. @param {Map<string, any>} rows @param {import("../core/follow.mjs").Screen} screen */
function mostPressing(rows, { geography, selection }) {
  const own = [...rows.values()].filter((row) => row.due_at && (selection.area === selection.rootArea || geography.within(row.area_id, selection.area)));
  const rank = (/** @type {any} */ row) => ["due_soon", "overdue", "open"].indexOf(row.urgency);
  own.sort((a, b) => rank(a) - rank(b) || (a.due_at < b.due_at ? -1 : 1));
  return own.length ? String(own[0].case_id) : "";
}
