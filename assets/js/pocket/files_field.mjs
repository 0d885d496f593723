/** Photos and sound on a phone: kept with what they belong to and sent with it, so that no network is needed now. */

import { icon as drawn } from "../chart/icon.mjs";
import { make, write } from "../core/dom.mjs";
import { canRecord, record } from "../core/recording.mjs";

const PHOTOS = "image/jpeg,image/png,image/webp";
const [MOST, MOST_BYTES] = [9, 12_000_000];

export class FilesField {
  /** @type {Blob[]} */
  blobs = [];

  /** @param {HTMLElement} element @param {import("../core/words.mjs").Words} words @param {() => void} changed */
  constructor(element, words, changed) {
    [this.words, this.changed] = [words, changed];
    this.list = make("ul", { class: "attach-list" });
    this.error = make("p", { class: "attach-error", role: "alert", hidden: true });
    const buttons = make("div", { class: "attach-buttons" }, this.#photo());
    if (canRecord()) buttons.append(this.#sound());
    element.classList.add("attach-field");
    element.replaceChildren(this.list, buttons, this.error);
  }

  /** @param {Blob[]} blobs */
  begin(blobs) {
    this.blobs = [];
    this.list.replaceChildren();
    for (const blob of blobs) this.#list(blob);
    this.#fail("");
  }

  #photo() {
    const coarse = matchMedia("(pointer: coarse)").matches;
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "file", accept: PHOTOS, class: "attach-input", multiple: !coarse, capture: coarse ? "environment" : false }));
    input.addEventListener("change", () => {
      for (const file of input.files ?? []) this.#add(file);
      input.value = "";
    });
    return make("label", { class: "attach-add" }, input, icon("camera"), make("span", {}, this.words.say("attach.add-photo")));
  }

  #sound() {
    const said = make("span", {}, this.words.say("attach.add-sound"));
    const button = make("button", { type: "button", class: "attach-add", "aria-pressed": "false" }, icon("microphone"), said);
    /** @type {import("../core/recording.mjs").Recording|null} */
    let recording = null;
    button.addEventListener("click", async () => {
      if (recording) return void recording.stop();
      try {
        recording = await record((ms) => write(said, this.words.say("attach.stop", { length: this.words.digits(ms) })));
      } catch {
        return this.#fail(this.words.say("attach.no-microphone"));
      }
      button.setAttribute("aria-pressed", "true");
      this.#add(await recording.done);
      recording = null;
      button.setAttribute("aria-pressed", "false");
      write(said, this.words.say("attach.add-sound"));
    });
    return button;
  }

  /** @param {Blob} blob */
  #add(blob) {
    this.#fail("");
    if (this.blobs.length >= MOST) return this.#fail(this.words.say("attach.most", { most: MOST }));
    if (blob.size > MOST_BYTES) return this.#fail(this.words.say("refused.file_too_large", { most: MOST_BYTES / 1e6 }));
    this.#list(blob);
    this.changed();
  }

  /** @param {Blob} blob */
  #list(blob) {
    this.blobs.push(blob);
    const source = URL.createObjectURL(blob);
    const isPicture = blob.type.startsWith("image/");
    const shown = isPicture
      ? make("span", { class: "attached-photo kept-photo" }, make("img", { src: source, alt: this.words.say("attach.photo") }))
      : make("audio", { controls: true, src: source, class: "attached-sound", "aria-label": this.words.say("attach.sound") });
    const remove = make("button", { type: "button", class: "attach-remove", "aria-label": this.words.say("attach.remove") }, icon("close"));
    const row = make("li", { class: "attach-entry" }, shown, remove);
    remove.addEventListener("click", () => {
      this.blobs = this.blobs.filter((one) => one !== blob);
      URL.revokeObjectURL(source);
      row.remove();
      this.changed();
    });
    this.list.append(row);
  }

  /** @param {string} words */
  #fail(words) {
    write(this.error, words);
    this.error.hidden = !words;
  }
}

/** @param {string} name */
function icon(name) {
  const made = drawn(name);
  made.setAttribute("class", "attach-icon");
  return made;
}
