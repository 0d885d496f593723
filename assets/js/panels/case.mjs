/** One case: its clock to the second, what it is, and its timeline; asked once, and again when it changes. */

import { find, make, mark, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { reading, titleOf } from "../core/sla.mjs";

const SETTLE = 250;
const FACTS = ["category", "area", "unit", "channel", "priority"];
const CLOSED = new Set(["closed", "evaluated", "archived", "rejected", "merged", "void", "reopen_requested"]);

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function oneCase(panel, screen) {
  new CasePanel(panel, screen).start();
}

class CasePanel {
  /** @type {any} */
  row = null;
  #timer = 0;
  #asked = 0;
  #leave = () => {};

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
  }

  start() {
    const { selection, clock } = this.screen;
    selection.addEventListener("case", () => this.#choose());
    selection.addEventListener("area", () => this.#listen());
    for (const button of this.panel.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => selection.chooseCase(null));
    }
    find(this.panel, ".case-retry").addEventListener("click", () => this.#ask());
    clock.everySecond(() => this.#tick());
    this.#choose();
  }

  #choose() {
    const { selection, page } = this.screen;
    this.row = null;
    this.panel.hidden = !selection.case;
    mark(page.root, "case", selection.case ? "open" : null);
    this.#listen();
    if (!selection.case) return;
    mark(this.panel, "state", "loading");
    this.#ask();
  }

  /** Ask again when the stream says that this case changed. */
  #listen() {
    this.#leave();
    this.#leave = () => {};
    const id = this.screen.selection.case;
    if (!id) return;
    this.#leave = this.screen.stream.subscribe("queue", this.screen.selection.area, (_, change) => {
      const touched = change.drop.includes(id) || change.set.some((row) => String(row.case_id) === id);
      if (change.full || !touched) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), SETTLE);
    });
  }

  async #ask() {
    const id = this.screen.selection.case;
    if (!id) return;
    this.#asked += 1;
    const question = this.#asked;
    try {
      const answer = await fetch(address(`api/cases/${encodeURIComponent(id)}`));
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (question === this.#asked) this.#show(found);
    } catch (error) {
      if (question === this.#asked) this.#fail(String(/** @type {Error} */ (error).message));
    }
  }

  /** @param {{case: any, timeline: any[]}} found */
  #show(found) {
    const { words, selection, clock } = this.screen;
    const first = this.row === null;
    this.row = found.case;
    mark(this.panel, "state", null);
    find(this.panel, ".case-failed").hidden = true;
    write(find(this.panel, ".case-title"), titleOf(this.row, words));
    write(find(this.panel, ".case-id"), String(this.row.case_id));
    write(find(this.panel, ".case-state"), words.name("status", this.row.state));
    this.#facts();
    write(find(this.panel, ".data-time"), words.say("fresh.asof", { time: words.time("second", clock.now()) }));
    find(this.panel, ".timeline").replaceChildren(...[...found.timeline].reverse().map((step) => this.#step(step)));
    this.#tick();
    if (!first) return;
    const { lon, lat, area_id } = this.row;
    selection.locate(lon === null || lat === null ? null : [lon, lat], area_id);
    this.#announce();
  }

  /** @param {string} reason */
  #fail(reason) {
    mark(this.panel, "state", "failed");
    const failed = find(this.panel, ".case-failed");
    failed.hidden = false;
    write(find(failed, ".case-failed-text"), this.screen.words.say("state.case-failed", { reason }));
  }

  #facts() {
    const { words } = this.screen;
    for (const name of FACTS) {
      const translated = { channel: "channel", priority: "priority" }[name];
      const text = translated ? words.name(translated, this.row[name]) : words.field(this.row, name);
      write(find(this.panel, `[data-fact="${name}"]`), text || words.say("unknown"));
    }
  }

  #tick() {
    if (!this.row) return;
    const { words, clock } = this.screen;
    const now = clock.now();
    const done = CLOSED.has(this.row.state);
    const { side, digits, text, share, urgency } = reading(this.row, now, words);
    mark(this.panel, "urgency", done ? "done" : urgency);
    write(find(this.panel, ".case-side"), done ? "" : side);
    write(find(this.panel, ".case-clock"), done ? words.say("case.closed") : digits || text);
    const due = this.row.due_at;
    const line = due ? words.say("case.deadline", { time: words.when(due, now) }) : words.say("case.no-deadline");
    write(find(this.panel, ".case-due"), line);
    find(this.panel, ".sla-used").style.width = share === null ? "0%" : `${share * 100}%`;
  }

  /** @param {any} step */
  #step(step) {
    const { words, clock } = this.screen;
    const reason = step.reason ? words.name("reason", step.reason) : "";
    const done = step.receipt ? words.name("receipt", step.receipt) : words.name("event", step.kind);
    const who = [words.field(step, "unit"), step.actor_zh || words.person(step.actor), reason, step.note].filter(Boolean).join(" · ");
    const due = step.due_at ? words.say("event.due", { time: words.when(step.due_at, clock.now()) }) : "";
    return make(
      "li",
      { class: "step" },
      make("time", { class: "step-time", datetime: step.happened_at }, words.when(step.happened_at, clock.now())),
      make("span", { class: "step-kind" }, done),
      make("span", { class: "step-who" }, [who, due].filter(Boolean).join(" · ")),
    );
  }

  #announce() {
    const { words, clock } = this.screen;
    const { side, text } = reading(this.row, clock.now(), words);
    const announcer = document.querySelector("[data-announcer]");
    write(announcer, words.say("desk.selected", { title: titleOf(this.row, words), clock: `${side} ${text}` }));
  }
}
