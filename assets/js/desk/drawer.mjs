/** One case: its clock to the second, how far it came, its log; asked once, and again when it changes. */

import { find, make, mark, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { reading } from "../core/sla.mjs";
import { commandsOf } from "../command/command.mjs";
import { Act } from "./act.mjs";
import { showDispute } from "./dispute.mjs";
import { showClocks, tickClocks } from "./clocks.mjs";
import { stepLine } from "./log.mjs";
import { showFamily, showOrders } from "./orders.mjs";
import { kindOf, overlays, placeOf } from "./names.mjs";
import { reporterLink } from "./reporter_link.mjs";
import { showTrack } from "./track.mjs";

const [SETTLE, LINES, ENOUGH] = [250, 7, 5];
const FACTS = ["category", "unit", "channel", "priority", "rating"];
export const DONE = new Set(["closed", "evaluated", "archived", "rejected", "merged", "void", "reopen_requested"]);

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function drawer(panel, screen) {
  new Drawer(panel, screen).start();
}

class Drawer {
  /** @type {any} */
  row = null;
  /** @type {any[]} */
  steps = [];
  #all = false;
  #timer = 0;
  #asked = 0;
  #leave = () => {};

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.more = find(panel, ".log-more");
    this.clocks = find(panel, ".case-clocks");
    this.act = new Act(panel, screen, () => this.#ask());
  }

  start() {
    const { selection, clock, geography } = this.screen;
    selection.addEventListener("case", () => this.#choose());
    selection.addEventListener("area", () => this.#listen());
    find(this.panel, "[data-close]").addEventListener("click", () => selection.chooseCase(null));
    find(this.panel, ".case-retry").addEventListener("click", () => this.#ask());
    this.panel.addEventListener("retry", () => this.#ask());
    this.more.addEventListener("click", () => {
      this.#all = !this.#all;
      this.#log();
    });
    clock.everySecond(() => this.#tick());
    geography.load().then(() => this.row && this.#head());
    reporterLink(find(this.panel, ".case-line"), this.screen);
    this.#choose();
  }

  #choose() {
    const { selection, page } = this.screen;
    this.row = null;
    this.#all = false;
    this.panel.hidden = !selection.case;
    mark(page.root, "case", selection.case ? "open" : null);
    this.#listen();
    if (!selection.case) return;
    mark(this.panel, "state", "loading");
    write(find(this.panel, ".case-usual"), "");
    this.act.clear();
    // with the next picture: to scroll now would lay the page out twice
    requestAnimationFrame(() => (find(this.panel, ".drawer-body").scrollTop = 0));
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
      const answer = await fetch(address(`api/v1/cases/${encodeURIComponent(id)}?lang=${this.screen.page.language}`));
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (question === this.#asked) await this.#show(found, question);
    } catch (error) {
      if (question === this.#asked) this.#fail(String(/** @type {Error} */ (error).message));
    }
  }

  /** @param {any} found @param {number} question */
  async #show(found, question) {
    const { selection, words, clock } = this.screen;
    const staged = found.timeline.some((/** @type {any} */ step) => step.stages);
    const table = staged ? await commandsOf(this.screen).table().catch(() => null) : null;
    if (question !== this.#asked) return;
    const first = this.row === null;
    this.row = found.case;
    this.steps = found.timeline;
    mark(this.panel, "state", null);
    find(this.panel, ".case-failed").hidden = true;
    write(find(this.panel, ".data-time"), words.say("fresh.asof", { time: words.time("second", clock.now()) }));
    this.#head();
    this.#facts();
    this.#log();
    showClocks(this.clocks, this.row, this.steps, words, table?.reach_milestone?.stages ?? {});
    showOrders(find(this.panel, ".orders"), found.orders ?? [], this.screen);
    showDispute(find(this.panel, ".dispute"), this.row, this.steps, this.screen);
    showFamily(find(this.panel, ".family"), found.family ?? [], this.screen);
    this.act.show(found);
    this.#tick();
    if (!first) return;
    const { lon, lat, area_id } = this.row;
    selection.locate(lon === null || lat === null ? null : [lon, lat], area_id);
    this.#announce();
    this.#usual();
  }

  /** @param {string} reason */
  #fail(reason) {
    mark(this.panel, "state", "failed");
    const failed = find(this.panel, ".case-failed");
    failed.hidden = false;
    write(find(failed, ".case-failed-text"), this.screen.words.say("state.case-failed", { reason }));
  }

  #head() {
    const { words } = this.screen;
    const { row, panel } = this;
    write(find(panel, ".case-title"), kindOf(row, this.screen));
    write(find(panel, ".case-id"), String(row.case_id).split(":").at(-1) ?? "");
    find(panel, ".case-id").title = String(row.case_id);
    const from = [words.name("channel", row.channel), words.name("priority", row.priority)];
    write(find(panel, ".case-source"), ["", ...from].join(" · "));
    const place = placeOf(row, this.screen);
    const area = words.field(row, "area");
    write(find(panel, ".case-place"), row.address && row.address !== area && words.language === "zh" ? `${row.address} · ${place}` : place);
    const done = DONE.has(row.state);
    const urgency = done || row.urgency === "open" ? [] : [make("span", { class: `chip-${row.urgency.replace("_", "-")}` }, words.say(`urgency.${row.urgency}`))];
    const state = make("span", { class: "over", "data-over": row.state === "rework" ? "urged" : "state" }, words.name("status", row.state));
    const over = overlays(row, this.screen).map(({ kind, text }) => make("span", { class: "over", "data-over": kind }, text));
    find(panel, ".case-chips").replaceChildren(...urgency, state, ...over);
  }

  #facts() {
    const { words } = this.screen;
    for (const name of FACTS) {
      const translated = { channel: "channel", priority: "priority" }[name];
      const value = name === "rating" ? this.row.rating && words.say("case.stars", { n: this.row.rating }) : translated ? words.name(translated, this.row[name]) : words.field(this.row, name);
      const place = find(this.panel, `[data-fact="${name}"]`);
      write(place, String(value || words.say("unknown")));
      const hidden = name === "rating" && !this.row.rating;
      place.hidden = hidden;
      /** @type {HTMLElement} */ (place.previousElementSibling).hidden = hidden;
    }
  }

  #tick() {
    if (!this.row) return;
    const { words, clock } = this.screen;
    const { row, panel } = this;
    const now = clock.now();
    const done = DONE.has(row.state);
    const { side, digits, text, urgency, at } = reading(row, now, words);
    mark(panel, "urgency", done ? "done" : urgency);
    write(find(panel, ".case-side"), done ? "" : side);
    write(find(panel, ".case-clock"), done ? words.say("case.closed") : digits || text);
    const [began, due] = [Date.parse(row.started_at ?? row.reported_at), Date.parse(row.due_at)];
    const line = row.due_at ? words.say("case.limit", { limit: words.span(due - began), time: words.when(row.due_at, now) }) : words.say("case.no-deadline");
    write(find(panel, ".case-due"), line);
    write(find(panel, ".case-began"), words.say(row.filed_at ? "case.filed-at" : "case.reported-at", { time: words.when(row.started_at ?? row.reported_at, now) }));
    this.#bar(began, due, done ? Date.parse(row.closed_at ?? row.due_at) : at);
    tickClocks(this.clocks, now, words);
    showTrack(panel, row, this.steps, now, words, done);
  }

  /** The share of the limit that is used; beyond it, how much more. @param {number} began @param {number} due @param {number} now */
  #bar(began, due, now) {
    const whole = Math.max(due, now) - began;
    const share = (/** @type {number} */ span) => `${whole > 0 && Number.isFinite(whole) ? (100 * Math.max(0, span)) / whole : 0}%`;
    find(this.panel, ".sla-used").style.width = share(Math.min(now, due) - began);
    find(this.panel, ".sla-over").style.width = share(now - due);
  }

  #log() {
    const newest = [...this.steps].reverse();
    const shown = this.#all ? newest : newest.slice(0, LINES);
    find(this.panel, ".timeline").replaceChildren(...shown.map((step) => stepLine(step, this.screen)));
    this.more.hidden = newest.length <= LINES;
    const { words } = this.screen;
    write(this.more, this.#all ? `${words.say("desk.fewer")} ▴` : `${words.say("case.earlier", { count: newest.length - LINES })} ▾`);
    this.more.setAttribute("aria-expanded", String(this.#all));
  }

  /** How long cases like this one take here. */
  async #usual() {
    const { geography, selection, words } = this.screen;
    const { case_id: id, area_id: own } = this.row;
    await geography.load();
    const path = geography.path(own);
    // no farther than this hand sees
    const area = path.slice(path.indexOf(selection.rootArea)).find((one) => geography.areas[one].level === "county") ?? selection.rootArea;
    const answer = await fetch(address(`api/usual?case=${encodeURIComponent(id)}&area=${encodeURIComponent(area)}`)).catch(() => null);
    const usual = answer?.ok ? await answer.json() : null;
    if (this.row?.case_id !== id || !usual || usual.cases < ENOUGH) return;
    const place = find(this.panel, ".case-usual");
    write(place, words.say("case.usual", { span: words.span(usual.seconds * 1000) }));
    place.title = words.say("case.usual-of", { count: words.count(usual.cases), area: words.field(geography.areas[area] ?? {}, "name") });
  }

  #announce() {
    const { words, clock } = this.screen;
    const { side, text } = reading(this.row, clock.now(), words);
    const announcer = document.querySelector("[data-announcer]");
    write(announcer, words.say("desk.selected", { title: kindOf(this.row, this.screen), clock: `${side} ${text}` }));
  }
}
