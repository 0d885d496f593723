/** A sheet that rises from the bottom: a title, a way to close it, and what it is about. */

import { make } from "../core/dom.mjs";

export class Sheet {
  /** @param {import("../core/follow.mjs").Screen} screen @param {string} name of its class */
  constructor(screen, name) {
    this.screen = screen;
    this.title = make("h2", { class: "sheet-title" });
    const close = make("button", { type: "button", class: "icon-button", "aria-label": screen.words.say("action.close") }, make("i", { class: "icon", "data-icon": "close" }));
    this.body = make("div", { class: "sheet-body" });
    this.foot = make("div", { class: "sheet-foot" });
    this.dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: `sheet ${name}` }, make("header", { class: "sheet-head" }, this.title, close), this.body, this.foot));
    close.addEventListener("click", () => this.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.close());
    screen.page.root.append(this.dialog);
  }

  /** @param {string} title */
  open(title) {
    this.title.textContent = title;
    this.dialog.setAttribute("aria-label", title);
    if (!this.dialog.open) this.dialog.showModal();
    this.body.scrollTop = 0;
  }

  close() {
    this.dialog.close();
  }
}

/** A field to search with. @param {string} label @param {(text: string) => void} changed */
export function searchField(label, changed) {
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search", class: "search-field", placeholder: label, "aria-label": label, enterkeyhint: "search", autocomplete: "off" }));
  field.addEventListener("input", () => changed(field.value.trim().toLowerCase()));
  return field;
}
