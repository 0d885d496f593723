/** What this hand may do to the chosen case, the form of what it does, and what came of it. */

import { find, make, mark, write } from "../core/dom.mjs";
import { showAbilities } from "../command/abilities.mjs";
import { commandsOf } from "../command/command.mjs";
import { commandForm, isPlain } from "../command/form.mjs";
import { stageAfter } from "./dispute.mjs";
import { suggestions } from "../command/suggestions.mjs";

export class Act {
  /** @type {any} */
  file = null;
  /** The command whose form is open. @type {string|null} */
  #open = null;
  /** How far the log of the case was when the form was opened. @type {number|null} */
  #began = null;

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen @param {() => void} again asks for the case anew */
  constructor(panel, screen, again) {
    [this.panel, this.screen, this.again] = [panel, screen, again];
    this.commands = commandsOf(screen);
    this.foot = find(panel, ".drawer-act");
    this.buttons = find(panel, ".act-buttons");
    this.room = find(panel, ".act-form");
    this.said = find(panel, ".act-said");
    this.commands.addEventListener("pending", () => this.#wait());
    panel.addEventListener("act", (event) => this.#pressed(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {any} file */
  show(file) {
    this.file = file;
    this.foot.hidden = !file.commands;
    if (!file.commands) return;
    this.commands.saw(String(file.case.case_id), file.case.last_seq);
    if (this.#open && this.#began !== null && file.case.last_seq > this.#began) this.#meanwhile();
    this.#draw();
  }

  /** Another case is looked at. */
  clear() {
    this.file = null;
    this.foot.hidden = true;
    this.#say("");
    this.#shut();
  }

  #draw() {
    if (!this.#open) showAbilities(this.buttons, this.screen, this.file, (name) => this.#choose(name));
    this.buttons.hidden = Boolean(this.#open);
    this.#asked();
    this.#same();
    this.#wait();
  }

  /** Say that perhaps the same was reported before, where it could be merged. */
  async #same() {
    const place = find(this.panel, ".act-same");
    const { file } = this;
    const may = !this.#open && file.commands.some((/** @type {any} */ one) => one.command === "merge" && one.allowed);
    if (!may) return void (place.hidden = true);
    const { similar } = await suggestions(String(file.case.case_id)).catch(() => ({ similar: [] }));
    if (file !== this.file || this.#open) return;
    place.hidden = similar.length === 0;
    const { words } = this.screen;
    const button = make("button", { type: "button", class: "act-merge" }, words.name("act", "merge"));
    button.addEventListener("click", () => this.#choose("merge"));
    place.replaceChildren(words.say("suggest.same", { count: words.count(similar.length) }), button);
  }

  /** By a key: the next step, or a command by its name where it is allowed. @param {string} name */
  #pressed(name) {
    if (!this.file || this.foot.hidden || this.#open) return;
    const button = this.buttons.querySelector(name === "next" ? ".act-first" : `[data-command="${name}"]`);
    const ability = this.file.commands.find((/** @type {any} */ one) => one.command === (name === "next" ? /** @type {HTMLElement} */ (button)?.dataset.command : name));
    if (ability?.allowed) this.#choose(ability.command);
    else if (ability) this.#say(this.screen.words.say("command.refused", { act: this.screen.words.name("act", ability.command), why: ability.message ?? "" }), "refused");
  }

  /** @param {string} name */
  async #choose(name) {
    this.#say("");
    if (isPlain(name)) return this.#give(name);
    [this.#open, this.#began] = [name, this.file.case.last_seq];
    const form = await commandForm(this.screen, name, this.file, { done: (outcome) => this.#done(name, outcome), cancel: () => this.#cancel() }).catch(() => null);
    if (this.#open !== name) return;
    if (!form) return this.#failed(name);
    this.room.replaceChildren(form);
    this.#draw();
    /** @type {HTMLElement|null} */ (form.querySelector("input, textarea, select, button"))?.focus({ preventScroll: true });
  }

  /** Somebody else acted while this hand was writing. */
  #meanwhile() {
    const { words } = this.screen;
    const last = this.file.timeline.at(-1);
    this.#say(words.say("command.meanwhile", { by: words.colleague(last.actor), event: words.name("event", last.kind), time: words.time("second", last.happened_at) }), "refused");
  }

  /** @param {string} name */
  #failed(name) {
    this.#shut();
    const { words } = this.screen;
    this.#say(words.say("command.refused", { act: words.name("act", name), why: words.say("command.away") }), "refused");
  }

  #cancel() {
    this.#shut();
    this.#draw();
    find(this.buttons, "button")?.focus();
  }

  #shut() {
    this.#open = null;
    this.room.replaceChildren();
    this.buttons.hidden = false;
  }

  /** @param {string} name */
  async #give(name) {
    const { case_id: id, state } = this.file.case;
    this.#done(name, await this.commands.give(name, String(id), {}, state));
  }

  /** @param {string} name @param {import("../command/command.mjs").Outcome} outcome */
  #done(name, { receipt, refusal }) {
    const { words, clock } = this.screen;
    const act = words.name("act", name);
    if (receipt) {
      this.#shut();
      const time = words.time("second", receipt.happened_at ?? clock.now());
      const stage = stageAfter(receipt.events);
      const state = stage ? words.name("dispute", stage) : words.name("status", receipt.state);
      this.#say(words.say(receipt.children.length ? "command.given-child" : stage ? "command.given-stage" : "command.given", { act, state, time }), "given");
    } else if (refusal) {
      // what others did meanwhile is shown beside the words
      if (refusal.status === 409) this.#shut();
      this.#say(this.#open ? "" : words.say("command.refused", { act, why: refusal.message }), "refused");
    }
    this.again();
  }

  /** What is on its way: shown as if it were so, but marked. */
  #wait() {
    const id = this.screen.selection.case;
    const waiting = id ? this.commands.pending(id) : null;
    mark(this.panel, "pending", waiting ? waiting.command : null);
    const { words } = this.screen;
    const state = this.panel.querySelector(".case-chips [data-over=state], .case-chips [data-over=urged]");
    if (state && this.file) write(state, words.name("status", waiting?.state ?? this.file.case.state));
    if (waiting && !waiting.receipt) this.#say(words.say("command.sending", { act: words.name("act", waiting.command) }), "waits");
  }

  /** What the unit asks for, above the buttons that grant or refuse it. */
  #asked() {
    const { words, clock } = this.screen;
    const { asked, asked_until_at: until } = this.file.case;
    const place = find(this.panel, ".act-asked");
    place.hidden = !asked;
    const wish = words.name("wish", asked);
    write(place, asked ? words.say(until ? "command.asked-until" : "command.asked", { wish, time: until ? words.when(until, clock.now()) : "" }) : "");
  }

  /** @param {string} text @param {string} [kind] */
  #say(text, kind = "") {
    write(this.said, text);
    mark(this.said, "kind", kind || null);
    this.said.hidden = !text;
  }
}
