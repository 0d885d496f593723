/** The form of a command, built from its fields: what must be filled in is, before it is sent. */

import { find, make, write } from "../core/dom.mjs";
import { commandsOf } from "./command.mjs";
import { FIELDS } from "./fields.mjs";
import { INPUTS } from "./inputs.mjs";

/**
 * @typedef {{case: any, timeline: any[], orders: any[], commands: any[]}} File
 * @typedef {{element: HTMLElement, value: () => any, name?: string, more?: () => Record<string, any>, waits?: () => boolean}} Field
 * @typedef {{screen: import("../core/follow.mjs").Screen, command: string, file: File, required: boolean, known: import("./command.mjs").Known, suggestions: () => Promise<any>, again: () => void}} Asked
 */

/**
 * The form of a command about a case. Sends it by `commandsOf(screen)`; `done(outcome)` hears what came of it.
 * @param {import("../core/follow.mjs").Screen} screen @param {string} command @param {File} file
 * @param {{done: (outcome: import("./command.mjs").Outcome) => void, cancel: () => void, fields?: Record<string, any>}} options `fields`: sent with it
 * @returns {Promise<HTMLFormElement>}
 */
export async function commandForm(screen, command, file, options) {
  const table = await commandsOf(screen).table();
  return new CommandForm(screen, command, file, table[command] ?? { reasons: [], roles: [], leads_to: {} }, options).element;
}

/** Whether a command needs nothing but to be given. @param {string} command */
export function isPlain(command) {
  return FIELDS[command] === "";
}

class CommandForm {
  /** @type {{name: string, required: boolean, field: Field}[]} */
  #fields = [];

  /** @param {import("../core/follow.mjs").Screen} screen @param {string} command @param {File} file @param {import("./command.mjs").Known} known @param {{done: (outcome: any) => void, cancel: () => void, fields?: Record<string, any>}} options */
  constructor(screen, command, file, known, options) {
    [this.screen, this.command, this.file, this.known, this.options] = [screen, command, file, known, options];
    const { words } = screen;
    this.element = /** @type {HTMLFormElement} */ (make("form", { class: "command-form", "data-command": command, "aria-label": words.name("act", command), novalidate: true }));
    this.error = make("p", { class: "command-error", role: "alert", hidden: true });
    const named = (FIELDS[command] ?? "note").split(" ").filter(Boolean);
    for (const told of named) this.#add(told);
    const send = make("button", { type: "submit", class: "act act-first command-send" }, words.name("act", command));
    const cancel = make("button", { type: "button", class: "act command-cancel" }, words.say("command.cancel"));
    cancel.addEventListener("click", () => options.cancel());
    this.element.append(make("h3", { class: "command-head" }, words.name("act", command)), ...this.#fields.map(({ name, required, field }) => this.#labelled(name, required, field)), this.error, make("div", { class: "act-row" }, send, cancel));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") options.cancel();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#send();
      event.stopPropagation();
    });
    this.element.addEventListener("input", () => this.#fail(""));
  }

  /** @param {string} told */
  #add(told) {
    const [name, required] = [told.replace("!", ""), told.endsWith("!")];
    const asked = { screen: this.screen, command: this.command, file: this.file, required, known: this.known, suggestions: () => this.#suggestions(), again: () => this.#fail("") };
    this.#fields.push({ name, required, field: INPUTS[name](asked) });
  }

  /** @type {Promise<any>|null} */
  #asked = null;

  /** Units and cases nearby, asked once a form. */
  #suggestions() {
    this.#asked ??= import("./suggestions.mjs").then(({ suggestions }) => suggestions(this.file.case.case_id));
    return this.#asked;
  }

  /** @param {string} name @param {boolean} required @param {Field} field */
  #labelled(name, required, { element }) {
    const said = this.screen.words.say(`field.${name}`);
    const label = make("span", { class: "field-name" }, said, ...(required ? [make("span", { class: "field-must", "aria-hidden": "true" }, "*")] : []));
    return make("div", { class: "field", "data-field": name, role: "group", "aria-label": said }, label, element);
  }

  async #send() {
    const { words } = this.screen;
    if (this.#fields.some(({ field }) => field.waits?.())) return this.#fail(words.say("command.still-sending"));
    const missing = this.#fields.find(({ required, field }) => required && !String(field.value() ?? "").trim());
    if (missing) {
      this.#fail(words.say("command.missing", { what: words.say(`field.${missing.name}`) }));
      return /** @type {HTMLElement|null} */ (missing.field.element.querySelector("input, select, textarea, button"))?.focus();
    }
    // what the hand saw when it began: what others did since refuses it, and says so
    const fields = { seen: this.file.case.last_seq, ...this.options.fields };
    for (const { name, field } of this.#fields) Object.assign(fields, { [field.name ?? name]: field.value() }, field.more?.());
    const button = /** @type {HTMLButtonElement} */ (find(this.element, ".command-send"));
    button.disabled = true;
    const { case: row } = this.file;
    const outcome = await commandsOf(this.screen).give(this.command, String(row.case_id), fields, row.state);
    button.disabled = false;
    if (outcome.refusal) this.#fail(outcome.refusal.message);
    this.options.done(outcome);
  }

  /** @param {string} text */
  #fail(text) {
    write(this.error, text);
    this.error.hidden = !text;
  }
}
