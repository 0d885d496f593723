/** What a hand may do with one task: the next step under the thumb, the others behind "more", each with why not. */

import { hasGround } from "../command/fields.mjs";
import { commandForm } from "../command/form.mjs";
import { find, make, write } from "../core/dom.mjs";
import { showDispute } from "../desk/dispute.mjs";
import { act, receipt } from "./acting.mjs";
import { askFor } from "./act_sheet.mjs";
import { phone } from "./phone.mjs";
import { Sheet } from "./sheet.mjs";
import { FORMS, stepName, stepsOf } from "./steps.mjs";
import { showOrders } from "./task_orders.mjs";

/** What the way of an order says by itself, or its own button. */
const BY_ITSELF = new Set(["receive", "reply"]);

/** What a hand may want of a task that waits for others. */
const BESIDE = ["direct", "lead", "urge", "supervise"];

/** What is no step of its own: where the next one is not mine, why not comes first. */
const AT_ANY_TIME = new Set(["comment", "urge"]);

/** So many steps have a button of their own. */
const MOST = 2;
/** Refusals of a stage or a kind of case that this is not: nothing to say about them. */
const APART = new Set(["no_dispute", "wrong_stage"]);

/** @typedef {import("./steps.mjs").Step} Step */
/** @typedef {import("./steps.mjs").Ability} Ability */
/** @typedef {{case: any, timeline: any[], orders: any[], commands: Ability[]}} Found */

export class TaskHand {
  /** @type {Found|null} */
  found = null;

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen @param {() => void} again */
  constructor(panel, screen, again) {
    [this.panel, this.screen, this.again] = [panel, screen, again];
    this.phone = phone(screen);
    this.sheet = new Sheet(screen, "more-sheet");
    find(panel, ".one-more").addEventListener("click", () => this.#more());
    this.phone.sending.addEventListener("change", () => this.found && this.#waiting());
    this.phone.sending.addEventListener("arrived", (event) => this.#arrived(/** @type {CustomEvent} */ (event).detail));
    this.phone.hand.addEventListener("change", () => this.found && this.#steps());
  }

  clear() {
    this.found = null;
    for (const name of [".one-acts", ".one-orders", ".one-waiting"]) find(this.panel, name).replaceChildren();
    write(find(this.panel, ".one-why"), "");
    for (const name of [".dispute", ".one-more"]) find(this.panel, name).hidden = true;
  }

  /** @param {Found} found */
  show(found) {
    this.found = found;
    showDispute(find(this.panel, ".dispute"), found.case, found.timeline, this.screen);
    this.#steps();
    this.#waiting();
    showOrders(find(this.panel, ".one-orders"), found, this.screen, {
      mayReply: this.#ability("reply")?.allowed ?? false,
      reply: (order) => this.#ask("reply", { order_id: order.order_id }, this.screen.words.say("act.reply"), { note: "must" }),
    });
    this.#acknowledge();
  }

  /** @param {string} command */
  #ability(command) {
    return this.found?.commands.find((one) => one.command === command);
  }

  /** The dispatch that is carried out now. */
  get order() {
    return this.found?.orders.filter(({ kind }) => kind === "dispatch").at(-1) ?? null;
  }

  /** That a task of mine reached its reader is told by the reading. */
  #acknowledge() {
    if (!this.#ability("receive")?.allowed || !this.found) return;
    const id = String(this.found.case.case_id);
    for (const order of this.found.orders) {
      const mine = this.phone.hand.works(order.to_unit_id) || order.to_user === this.phone.hand.me.user;
      if (mine && !order.read_at && !order.settled_at) receipt(this.screen, id, "read", order.order_id);
    }
  }

  #steps() {
    const { words } = this.screen;
    const { case: row } = /** @type {Found} */ (this.found);
    const offered = stepsOf(row, this.order).filter((step) => this.#offered(this.#ability(step.command)));
    // on the way the order of the steps is fixed, of others what may be done stands first
    const now = offered.some((step) => step.receipt) ? offered : offered.filter(({ command }) => !AT_ANY_TIME.has(command) && this.#ability(command)?.allowed);
    const expected = (now.length ? now : offered).slice(0, MOST);
    const steps = expected.length ? expected : BESIDE.filter((command) => this.#ability(command)?.allowed).slice(0, MOST).map((command) => ({ command }));
    const buttons = steps.map((step, place) => {
      const button = make("button", { type: "button", class: place ? "one-act button-plain" : "one-act button-main", "data-command": step.receipt ?? step.command }, stepName(step, words));
      button.toggleAttribute("disabled", !this.#ability(step.command)?.allowed);
      button.addEventListener("click", () => this.#do(step));
      return button;
    });
    find(this.panel, ".one-acts").replaceChildren(...buttons);
    const first = steps[0] && this.#ability(steps[0].command);
    write(find(this.panel, ".one-why"), first && !first.allowed ? (first.message ?? "") : "");
    find(this.panel, ".one-more").hidden = !this.#others().length;
  }

  /** Whether a command is this hand's at all, now or at another moment. @param {Ability|undefined} ability */
  #offered(ability) {
    return Boolean(ability && (ability.allowed || ability.reason !== "not_your_role"));
  }

  /** @returns {Ability[]} the commands that are not under the thumb, those that may be given first */
  #others() {
    const found = /** @type {Found} */ (this.found);
    const shown = new Set([...this.panel.querySelectorAll(".one-act")].map((one) => /** @type {HTMLElement} */ (one).dataset.command));
    const fits = (/** @type {Ability} */ one) => this.#offered(one) && !APART.has(one.reason ?? "") && hasGround(one.command, found);
    const mine = found.commands.filter((one) => fits(one) && !shown.has(one.command) && !BY_ITSELF.has(one.command));
    return mine.sort((a, b) => Number(b.allowed) - Number(a.allowed));
  }

  #more() {
    const { words } = this.screen;
    this.sheet.body.replaceChildren(...this.#others().map((ability) => {
      const { command, allowed, message } = ability;
      const button = make("button", { type: "button", class: "more-row", "data-command": command }, make("b", {}, words.say(`act.${command}`)), make("span", {}, allowed ? "" : (message ?? "")));
      if (!allowed) button.setAttribute("aria-disabled", "true");
      button.addEventListener("click", () => {
        if (!allowed) return;
        this.sheet.close();
        this.#do({ command });
      });
      return button;
    }));
    this.sheet.open(words.say("task.more"));
  }

  /** @param {Step} step */
  #do({ command, receipt: how }) {
    const name = stepName({ command, receipt: how }, this.screen.words);
    if (!how && !FORMS[command]) return this.#form(command, name);
    if (how || !Object.keys(FORMS[command]).length) return this.#give({ command, ...(how ? { receipt: how } : {}) }, { name });
    this.#ask(command, {}, name);
  }

  /** What a phone seldom does has the form of the other screens, and wants a network. @param {string} command @param {string} name */
  async #form(command, name) {
    const found = /** @type {Found} */ (this.found);
    const done = (/** @type {any} */ outcome) => {
      if (outcome.refusal) return;
      this.sheet.close();
      this.phone.say(this.screen.words.say("act.said-done", { act: name }));
      this.again();
    };
    try {
      this.sheet.body.replaceChildren(await commandForm(this.screen, command, found, { done, cancel: () => this.sheet.close() }));
      this.sheet.open(name);
    } catch {
      this.phone.say(this.screen.words.say("pocket.no-network"));
    }
  }

  /** @param {string} command @param {Record<string, any>} fields @param {string} name @param {import("./steps.mjs").Form} [form] */
  #ask(command, fields, name, form) {
    askFor(this.screen, { title: name, command, form }, (said) => this.#give({ command, ...fields, ...said.fields }, { note: said.note, files: said.files, name }));
  }

  /** @param {{command: string}} command @param {{note?: string, files?: Blob[], name: string}} said */
  async #give(command, said) {
    const row = this.found?.case;
    if (!row) return;
    for (const button of this.panel.querySelectorAll(".one-act")) button.setAttribute("disabled", "");
    await act(this.screen, row, command, said);
    if (this.found?.case.case_id === row.case_id) this.again();
  }

  /** What had to wait was received or refused: nothing is lost in silence. @param {import("./outbox.mjs").Entry} entry */
  #arrived(entry) {
    if (!entry.command) return;
    const { words } = this.screen;
    const what = words.field(entry.kind, "name");
    this.phone.say(entry.state === "sent" ? words.say("act.said-done", { act: what }) : words.say("act.said-refused", { act: what, reason: entry.reason ?? "" }));
    if (this.found && String(this.found.case.case_id) === entry.command.case_id) this.again();
  }

  /** What was done here and has not arrived, and what was refused and why. */
  #waiting() {
    const { words } = this.screen;
    const { sending } = this.phone;
    const id = String(this.found?.case.case_id);
    const mine = sending.entries.filter(({ command, state }) => command?.case_id === id && state !== "sent");
    find(this.panel, ".one-waiting").replaceChildren(...mine.map((entry) => {
      const told = entry.state === "refused" ? (entry.reason ?? "") : words.say(navigator.onLine ? "mine.sending" : "mine.waiting");
      const row = make("li", { class: "one-wait", "data-fate": entry.state, role: entry.state === "refused" ? "alert" : null }, make("b", {}, words.field(entry.kind, "name")), make("span", {}, told));
      if (entry.state === "refused") {
        const drop = make("button", { type: "button", class: "button-plain" }, words.say("act.understood"));
        drop.addEventListener("click", () => sending.drop(entry.id));
        row.append(drop);
      }
      return row;
    }));
  }
}
