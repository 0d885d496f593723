/** One task: its clocks to the second, its place, what it is and what was done; asked once, and again when it changes. */

import { find, make, mark, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { reading } from "../core/sla.mjs";
import { miniMap } from "./mini_map.mjs";
import { phone } from "./phone.mjs";
import { TaskHand } from "./task_hand.mjs";
import { placeOf, titleApart } from "./task_row.mjs";
import { copy, go } from "./way.mjs";
import { distance, metresBetween } from "./where.mjs";

const SETTLE = 250;
const CLOSED = new Set(["closed", "evaluated", "archived", "rejected", "merged", "void", "reopen_requested"]);

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function oneTask(panel, screen) {
  new OneTask(panel, screen).start();
}

class OneTask {
  /** @type {any} */
  row = null;
  #timer = 0;
  #asked = 0;
  #leave = () => {};
  /** @type {Element|null} */
  #from = null;

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.hand = new TaskHand(panel, screen, () => this.#ask());
  }

  start() {
    const { selection, clock } = this.screen;
    selection.addEventListener("case", () => this.#choose());
    selection.addEventListener("area", () => this.#listen());
    const press = (/** @type {string} */ name, /** @type {() => any} */ act) => find(this.panel, name).addEventListener("click", act);
    press(".one-back", () => selection.chooseCase(null));
    press(".one-retry", () => this.#ask());
    press(".one-go", () => go(this.row, this.screen));
    press(".place-copy", () => copy(this.row, this.screen));
    press(".one-map", () => this.#toMap());
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && selection.chooseCase(null));
    phone(this.screen).position.addEventListener("change", () => this.row && this.#place());
    clock.everySecond(() => this.#tick());
    this.#choose();
  }

  #choose() {
    const { selection, page } = this.screen;
    this.row = null;
    const id = selection.case;
    this.panel.hidden = !id;
    mark(page.root, "case", id ? "open" : null);
    this.#listen();
    if (!id) return /** @type {HTMLElement|null} */ (this.#from)?.focus();
    this.#from = document.activeElement;
    mark(this.panel, "state", "loading");
    this.hand.clear();
    for (const text of this.panel.querySelectorAll(".one-title, .one-clock, .one-side, .one-due, dd, .task-place p")) write(text, "");
    find(this.panel, ".one-back").focus();
    return this.#ask();
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
      const answer = await fetch(address(`api/v1/cases/${encodeURIComponent(id)}?lang=${this.screen.words.language}`));
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (question === this.#asked) this.#show(found);
    } catch (error) {
      const offline = !navigator.onLine && this.screen.words.say("pocket.no-network");
      if (question === this.#asked) this.#fail(offline || String(/** @type {Error} */ (error).message));
    }
  }

  /** @param {import("./task_hand.mjs").Found} found */
  #show(found) {
    const { case: row, timeline } = found;
    const { words, selection, clock } = this.screen;
    const first = this.row === null;
    this.row = row;
    mark(this.panel, "state", null);
    find(this.panel, ".one-failed").hidden = true;
    write(find(this.panel, ".one-title"), titleApart(row, words));
    this.#facts();
    this.#place();
    write(find(this.panel, ".data-time"), words.say("fresh.asof", { time: words.time("second", clock.now()) }));
    find(this.panel, ".done").replaceChildren(...[...timeline].reverse().map((step) => this.#step(step)));
    this.#tick();
    this.hand.show(found);
    if (!first) return;
    selection.locate(this.#point(), row.area_id);
    const { side, text } = reading(row, clock.now(), words);
    write(document.querySelector("[data-announcer]"), words.say("desk.selected", { title: titleApart(row, words), clock: `${side} ${text}` }));
  }

  /** @param {string} reason */
  #fail(reason) {
    mark(this.panel, "state", "failed");
    const failed = find(this.panel, ".one-failed");
    failed.hidden = false;
    write(find(failed, ".one-failed-text"), this.screen.words.say("state.case-failed", { reason }));
  }

  /** @returns {[number, number]|null} */
  #point() {
    const { lon, lat } = this.row;
    return lon === null || lon === undefined || lat === null ? null : [lon, lat];
  }

  #facts() {
    const { words, clock } = this.screen;
    const { row } = this;
    const told = {
      state: words.name("status", row.state),
      category: words.field(row, "category"),
      area: words.field(row, "area"),
      unit: words.field(row, "unit"),
      channel: words.name("channel", row.channel),
      priority: words.name("priority", row.priority),
      reported: words.when(row.reported_at, clock.now()),
      id: String(row.case_id),
    };
    for (const [name, text] of Object.entries(told)) write(find(this.panel, `[data-fact="${name}"]`), text || words.say("unknown"));
  }

  #place() {
    const { words, geography } = this.screen;
    const point = this.#point();
    const me = phone(this.screen).position.point;
    const area = placeOf(this.row, this.screen);
    const { address: street, area_zh: zh } = this.row;
    const named = street && street !== zh ? street : "";
    write(find(this.panel, ".place-name"), named || area);
    const away = point && me ? words.say("task.away", { distance: distance(metresBetween(me, point), words) }) : "";
    write(find(this.panel, ".place-more"), point ? [named ? area : `${point[1].toFixed(5)}, ${point[0].toFixed(5)}`, away].filter(Boolean).join(" · ") : words.say("task.no-place"));
    for (const name of [".place-copy", ".one-go", ".one-map"]) find(this.panel, name).hidden = !point;
    miniMap(find(this.panel, ".mini"), geography, point && { point, urgency: this.row.urgency ?? "open", me });
  }

  #tick() {
    const { row } = this;
    if (!row) return;
    const { words, clock } = this.screen;
    const now = clock.now();
    const done = CLOSED.has(row.state);
    const { side, digits, text, share, urgency } = reading(row, now, words);
    mark(this.panel, "urgency", done ? "done" : urgency);
    this.#clock("case", done ? "" : side, done ? words.say("case.closed") : digits || text);
    write(find(this.panel, ".one-due"), row.due_at ? words.say("task.due", { time: words.when(row.due_at, now) }) : words.say("case.no-deadline"));
    find(this.panel, ".used").style.transform = `scaleX(${share ?? 0})`;
    const signing = row.state === "dispatched" && row.sign_due_at;
    find(this.panel, ".clock-of-sign").hidden = !signing;
    if (!signing) return;
    const sign = reading({ due_at: row.sign_due_at, reported_at: row.reported_at }, now, words);
    this.#clock("sign", sign.side, sign.digits);
    mark(find(this.panel, ".clock-of-sign"), "late", Date.parse(row.sign_due_at) < now ? "true" : null);
    write(find(this.panel, ".one-sign-due"), words.say("task.sign-due", { time: words.when(row.sign_due_at, now) }));
  }

  /** @param {string} name @param {string} side @param {string} digits */
  #clock(name, side, digits) {
    const clock = find(this.panel, `.big-${name}`);
    write(find(clock, ".one-side"), side);
    write(find(clock, ".one-clock"), digits);
  }

  /** @param {any} step */
  #step(step) {
    const { words, clock } = this.screen;
    const reason = step.reason ? words.name("reason", step.reason) : "";
    const done = step.receipt ? words.name("receipt", step.receipt) : words.name("event", step.kind);
    const who = [words.field(step, "unit"), step.actor_zh || words.person(step.actor), reason, step.note].filter(Boolean).join(" · ");
    const due = step.due_at ? words.say("event.due", { time: words.when(step.due_at, clock.now()) }) : "";
    const when = make("time", { class: "done-time", datetime: step.happened_at }, words.when(step.happened_at, clock.now()));
    const what = make("span", { class: "done-what" }, done);
    return make("li", {}, when, what, make("span", { class: "done-who" }, [who, due].filter(Boolean).join(" · ")));
  }

  #toMap() {
    const point = this.#point();
    const area = this.row.area_id;
    this.screen.selection.chooseCase(null);
    phone(this.screen).tab("map");
    this.screen.selection.locate(point, area);
    if (point) window.citybrain.map?.flyTo?.({ center: point, zoom: 15, duration: 0 });
  }
}
