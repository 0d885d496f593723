/** The form of one command about a village; it stays until the server took it. */

import { make, write } from "../../core/dom.mjs";
import { address } from "../../core/page.mjs";

/** What a command asks for beside words. @type {Record<string, string[]>} */
const FIELDS = { nominate: ["batch"], publicise: ["days"], send_back: ["reason"], withdraw: ["reason"], warn: ["reason"], sign_removal: ["reason"] };
const USUAL_DAYS = 7;

export class VillageForm {
  /** One id however often it is sent. */
  #id = crypto.randomUUID();

  /** @param {import("../../core/follow.mjs").Screen} screen @param {string} command @param {any} file @param {(receipt: any|null) => void} done null: given up */
  constructor(screen, command, file, done) {
    [this.screen, this.command, this.file, this.done] = [screen, command, file, done];
    const { words } = screen;
    const title = words.name("act", command);
    this.error = make("p", { class: "command-error", role: "alert", hidden: true });
    this.send = /** @type {HTMLButtonElement} */ (make("button", { type: "submit", class: "act act-first command-send" }, words.say("creation.send")));
    const cancel = make("button", { type: "button", class: "act command-cancel" }, words.say("creation.cancel"));
    cancel.addEventListener("click", () => done(null));
    const fields = [...(FIELDS[command] ?? []), "note"].map((name) => this.#labelled(name));
    this.element = /** @type {HTMLFormElement} */ (make("form", { class: "command-form", "data-command": command, "aria-label": title }, make("h3", { class: "command-head" }, title), ...fields, this.error, make("div", { class: "act-row" }, this.send, cancel)));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#give();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") done(null);
      event.stopPropagation();
    });
  }

  focus() {
    /** @type {HTMLElement|null} */ (this.element.querySelector("select, input, textarea"))?.focus();
  }

  /** @param {string} name */
  #labelled(name) {
    return make("label", { class: "field" }, make("span", { class: "field-name" }, this.screen.words.say(`creation.${name}`)), this.#input(name));
  }

  /** @param {string} name */
  #input(name) {
    const { words } = this.screen;
    if (name === "batch") return make("select", { name, class: "field-select" }, ...this.file.batches.map((/** @type {string} */ batch) => make("option", { value: batch }, words.name("batch", batch))));
    if (name === "days") return make("input", { name, class: "field-text", type: "number", min: "5", max: "30", value: String(USUAL_DAYS), required: true });
    if (name === "reason") return make("input", { name, class: "field-text", maxlength: "60", required: true, autocomplete: "off" });
    return make("textarea", { name, class: "field-note", maxlength: "2000", rows: "2" });
  }

  async #give() {
    const given = Object.fromEntries([...new FormData(this.element)].filter(([, value]) => value !== ""));
    if (given.days) Object.assign(given, { days: Number(given.days) });
    const { area_id, year, last_seq: seen } = this.file;
    this.send.disabled = true;
    const body = JSON.stringify({ command: this.command, id: this.#id, area_id, year, seen, ...given });
    const headers = { "content-type": "application/json", "citybrain-request": "1" };
    const answer = await fetch(address(`api/v1/creation?lang=${this.screen.page.language}`), { method: "POST", body, headers }).catch(() => null);
    this.send.disabled = false;
    const told = await answer?.json().catch(() => null);
    if (answer?.ok) return this.done(told);
    this.error.hidden = false;
    write(this.error, told?.message ?? this.screen.words.say("creation.failed"));
  }
}
