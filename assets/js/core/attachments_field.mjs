/** Where a person adds photos and sound to what they are about to do. */

import { icon as drawn } from "../chart/icon.mjs";
import { enlarge, FileRefused, player, send } from "./attachments.mjs";
import { make, write } from "./dom.mjs";
import { canRecord, record } from "./recording.mjs";

const PHOTOS = "image/jpeg,image/png,image/webp";
const MOST = 9;

/** @typedef {{file: Blob, source: string, row: HTMLElement, kept: import("./attachments.mjs").Kept|null, stop: AbortController}} Entry */

/**
 * Draw the field into an element. It tells `attached` when its names change (`detail.names`, `detail.sending`), and
 * `place-taken` when the person takes a photo's own place (`detail`: lon, lat, taken_at).
 * @param {HTMLElement} element @param {{words: import("./words.mjs").Words}} screen
 * @param {{accept?: ("photo"|"sound")[], most?: number, camera?: boolean, place?: boolean, headers?: Record<string, string>}} [options]
 * `camera`: a phone opens it at once; `place`: whether a photo's own place is of use here; `headers` go with every file
 */
export function attachmentsField(element, screen, options = {}) {
  return new AttachmentsField(element, screen, options);
}

class AttachmentsField {
  /** @type {Entry[]} */
  #entries = [];
  /** @type {import("./recording.mjs").Recording|null} */
  #recording = null;

  /** @param {HTMLElement} element @param {{words: import("./words.mjs").Words}} screen @param {{accept?: string[], most?: number, camera?: boolean, place?: boolean, headers?: Record<string, string>}} options */
  constructor(element, { words }, { accept = ["photo", "sound"], most = MOST, camera = false, place = true, headers = {} }) {
    [this.element, this.words, this.most, this.headers, this.place] = [element, words, most, headers, place];
    this.list = make("ul", { class: "attach-list" });
    this.error = make("p", { class: "attach-error", role: "alert", hidden: true });
    this.offer = make("div", { class: "attach-offer", role: "group", "aria-label": words.say("attach.offer-label"), hidden: true });
    this.buttons = make("div", { class: "attach-buttons" });
    if (accept.includes("photo")) this.buttons.append(this.#photo(camera));
    if (accept.includes("sound") && canRecord()) this.buttons.append(this.#sound());
    element.classList.add("attach-field");
    element.replaceChildren(this.list, this.buttons, this.error, this.offer);
  }

  /** What is kept, by name, for a command. @returns {string[]} */
  get names() {
    return [...new Set(this.#entries.flatMap(({ kept }) => (kept ? [kept.name] : [])))];
  }

  /** Whether something is still on its way, or recorded. */
  get sending() {
    return this.#recording !== null || this.#entries.some(({ kept }) => !kept);
  }

  /** Begin anew, as after a command was received. */
  clear() {
    this.#recording?.stop();
    for (const entry of [...this.#entries]) this.#drop(entry);
    this.#fail("");
    this.offer.hidden = true;
  }

  /** Send a file, and list it. @param {Blob} file */
  async add(file) {
    if (this.#entries.length >= this.most) return this.#fail(this.words.say("attach.most", { most: this.most }));
    this.#fail("");
    const entry = this.#listed(file);
    const bar = /** @type {HTMLProgressElement} */ (entry.row.querySelector("progress"));
    this.#tell();
    try {
      entry.kept = await send(file, { onProgress: (share) => (bar.value = share), signal: entry.stop.signal, headers: this.headers });
      bar.remove();
      this.#ask(entry.kept.offered);
    } catch (error) {
      const why = /** @type {FileRefused} */ (error);
      this.#drop(entry);
      if (!entry.stop.signal.aborted) this.#fail(why.code === "away" ? this.words.say("attach.away") : why.message);
    }
    this.#tell();
  }

  /** @param {boolean} camera */
  #photo(camera) {
    const phone = camera && matchMedia("(pointer: coarse)").matches;
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "file", accept: PHOTOS, class: "attach-input", multiple: !phone, capture: phone ? "environment" : false }));
    input.addEventListener("change", async () => {
      const files = [...(input.files ?? [])];
      input.value = "";
      for (const file of files) await this.add(file);
    });
    return make("label", { class: "attach-add" }, input, icon("camera"), make("span", {}, this.words.say("attach.add-photo")));
  }

  #sound() {
    const said = make("span", {}, this.words.say("attach.add-sound"));
    const button = make("button", { type: "button", class: "attach-add", "aria-pressed": "false" }, icon("microphone"), said);
    button.addEventListener("click", async () => {
      if (this.#recording) return void this.#recording.stop();
      this.#fail("");
      try {
        this.#recording = await record((ms) => write(said, this.words.say("attach.stop", { length: this.words.digits(ms) })));
      } catch {
        return this.#fail(this.words.say("attach.no-microphone"));
      }
      button.setAttribute("aria-pressed", "true");
      write(said, this.words.say("attach.stop", { length: this.words.digits(0) }));
      this.#tell();
      const file = await this.#recording.done;
      this.#recording = null;
      button.setAttribute("aria-pressed", "false");
      write(said, this.words.say("attach.add-sound"));
      await this.add(file);
    });
    return button;
  }

  /** @param {Blob} file @returns {Entry} */
  #listed(file) {
    const source = URL.createObjectURL(file);
    const bar = make("progress", { max: 1, value: 0, "aria-label": this.words.say("attach.sending") });
    const remove = make("button", { type: "button", class: "attach-remove", "aria-label": this.words.say("attach.remove") }, icon("close"));
    const row = make("li", { class: "attach-entry" }, this.#shown(file, source), remove, bar);
    const entry = { file, source, row, kept: null, stop: new AbortController() };
    remove.addEventListener("click", () => {
      entry.stop.abort();
      this.#drop(entry);
      this.#tell();
    });
    this.#entries.push(entry);
    this.list.append(row);
    return entry;
  }

  /** @param {Blob} file @param {string} source */
  #shown(file, source) {
    if (!file.type.startsWith("image/")) return player(source, this.words);
    const open = make("button", { type: "button", class: "attached-photo", "aria-label": this.words.say("attach.open") }, make("img", { src: source, alt: this.words.say("attach.photo") }));
    open.addEventListener("click", () => enlarge(source, this.words));
    return open;
  }

  /** @param {Entry} entry */
  #drop(entry) {
    this.#entries = this.#entries.filter((one) => one !== entry);
    entry.row.remove();
    URL.revokeObjectURL(entry.source);
    if (!this.#entries.some(({ kept }) => kept?.offered?.lon != null)) this.offer.hidden = true;
  }

  /** Offer the place that a photo told; it is taken only by the person's own hand. @param {import("./attachments.mjs").Offer|null} offered */
  #ask(offered) {
    if (!this.place || offered?.lon == null || offered.lat == null) return;
    const values = { lat: offered.lat.toFixed(5), lon: offered.lon.toFixed(5), time: offered.taken_at ? this.words.time("moment", offered.taken_at) : "" };
    const yes = make("button", { type: "button", class: "attach-yes" }, this.words.say("attach.offer-take"));
    const no = make("button", { type: "button", class: "attach-no" }, this.words.say("attach.offer-leave"));
    yes.addEventListener("click", () => this.element.dispatchEvent(new CustomEvent("place-taken", { detail: offered, bubbles: true })));
    for (const way of [yes, no]) way.addEventListener("click", () => (this.offer.hidden = true));
    this.offer.replaceChildren(make("p", {}, this.words.say(offered.taken_at ? "attach.offer-when" : "attach.offer", values)), yes, no);
    this.offer.hidden = false;
  }

  /** @param {string} words */
  #fail(words) {
    write(this.error, words);
    this.error.hidden = !words;
  }

  #tell() {
    this.element.dataset.sending = String(this.sending);
    this.element.dispatchEvent(new CustomEvent("attached", { detail: { names: this.names, sending: this.sending }, bubbles: true }));
  }
}

/** A line icon with a class of its own: phones fill what is called `icon`. @param {string} name */
function icon(name) {
  const made = drawn(name);
  made.setAttribute("class", "attach-icon");
  return made;
}
