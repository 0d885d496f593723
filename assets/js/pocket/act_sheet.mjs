/** The sheet in which a hand says what a command needs: a reason, words, photos, until when. */

import { make, write } from "../core/dom.mjs";
import { FilesField } from "./files_field.mjs";
import { Sheet } from "./sheet.mjs";
import { FORMS } from "./steps.mjs";

const LONGEST = 500;
const DAY = 86_400_000;
/** Days one may ask for at once. */
const DAYS = [1, 3, 7, 15];
const UNTIL = new Set(["extend", "suspend"]);

/** @typedef {{note: string, files: Blob[], fields: Record<string, any>}} Said */

/** @type {WeakMap<object, ActSheet>} */
const sheets = new WeakMap();

/**
 * Ask for what a command needs.
 * @param {import("../core/follow.mjs").Screen} screen @param {{title: string, command: string, form?: import("./steps.mjs").Form}} what @param {(said: Said) => void} done
 */
export function askFor(screen, { title, command, form = FORMS[command] ?? { note: "must" } }, done) {
  let sheet = sheets.get(screen);
  if (!sheet) {
    sheet = new ActSheet(screen);
    sheets.set(screen, sheet);
  }
  sheet.ask(title, form, done);
}

class ActSheet extends Sheet {
  /** @type {Record<string, any>} */
  #fields = {};

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    super(screen, "act-sheet");
    const { words } = screen;
    this.lacks = make("p", { class: "act-lacks", role: "status" });
    this.go = make("button", { type: "button", class: "act-go button-main" });
    this.foot.append(this.lacks, this.go);
    this.go.addEventListener("click", () => this.#send());
    this.note = /** @type {HTMLTextAreaElement} */ (make("textarea", { rows: 3, maxlength: LONGEST, class: "act-note", "aria-label": words.say("task.words"), placeholder: words.say("task.words") }));
    this.note.addEventListener("input", () => this.#judge());
    this.filesRoom = make("div", { class: "act-files" });
    this.files = new FilesField(this.filesRoom, words, () => this.#judge());
  }

  /** @param {string} title @param {import("./steps.mjs").Form} form @param {(said: Said) => void} done */
  ask(title, form, done) {
    [this.form, this.done] = [form, done];
    this.#fields = {};
    this.note.value = "";
    this.files.begin([]);
    write(this.go, title);
    this.#lay();
    this.open(title);
  }

  #lay() {
    const { words } = this.screen;
    const { wishes, reasons, until, note, files, choices = [] } = /** @type {import("./steps.mjs").Form} */ (this.form);
    this.until = this.#choices("until_at", words.say("task.until"), DAYS.map((days) => [this.#day(days), words.say("task.days", { days })]));
    const parts = [];
    if (wishes) parts.push(this.#choices("wish", words.say("task.wish"), wishes.map((wish) => [wish, words.say(`wish.${wish}`)])));
    for (const { field, label, values, say } of choices) parts.push(this.#choices(field, words.say(label), values.map((value) => [value, say(words, value)])));
    if (reasons) parts.push(this.#choices("reason", words.say("task.reason"), reasons.map((reason) => [reason, words.say(`reason.${reason}`)])));
    if (until) parts.push(this.until);
    if (files) parts.push(this.filesRoom);
    if (note) parts.push(this.note);
    this.body.replaceChildren(...parts);
    this.#judge();
  }

  /** So many days from now, by the city's clock. @param {number} days */
  #day(days) {
    return new Date(this.screen.clock.now() + days * DAY).toISOString();
  }

  /** One of several, as large keys. @param {string} field @param {string} label @param {any[][]} choices */
  #choices(field, label, choices) {
    const group = make("div", { class: "act-choices", role: "group", "aria-label": label }, make("h3", {}, label));
    const keys = choices.map(([value, text]) => {
      const key = make("button", { type: "button", class: "chip-plain act-choice", "aria-pressed": "false" }, text);
      key.addEventListener("click", () => {
        this.#fields[field] = value;
        for (const one of keys) one.setAttribute("aria-pressed", String(one === key));
        this.#judge();
      });
      return key;
    });
    group.append(make("div", { class: "act-keys" }, ...keys));
    return group;
  }

  #lack() {
    const { wishes, reasons, note, either, files, choices = [] } = /** @type {import("./steps.mjs").Form} */ (this.form);
    const said = this.note.value.trim();
    if (wishes && !this.#fields.wish) return "task.lacks-wish";
    if (choices.some(({ field }) => !this.#fields[field])) return "task.lacks-choice";
    if (reasons && !this.#fields.reason) return "task.lacks-reason";
    if (UNTIL.has(this.#fields.wish) && !this.#fields.until_at) return "task.lacks-until";
    if (either && !said && !this.files.blobs.length) return "task.lacks-result";
    if (files && !note && !this.files.blobs.length) return "task.lacks-file";
    return note === "must" && !said ? "task.lacks-words" : "";
  }

  /** Say what is lacking before it is sent, not after. */
  #judge() {
    if (this.until) this.until.hidden = !UNTIL.has(this.#fields.wish);
    const lack = this.#lack();
    write(this.lacks, lack && this.screen.words.say(lack));
    this.go.toggleAttribute("disabled", lack !== "");
  }

  #send() {
    const fields = { ...this.#fields };
    if (!UNTIL.has(fields.wish)) delete fields.until_at;
    const said = { note: this.note.value.trim(), files: [...this.files.blobs], fields };
    this.close();
    this.done?.(said);
  }
}
