/** A sheet over the screen: one at a time, closed by its button, by Escape, by a touch beside it or a swipe. */

import { find, make } from "../core/dom.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/**
 * Open an empty sheet; `closed` is called when it goes.
 * @param {Screen} screen @param {string} title @param {() => void} closed
 * @returns {{dialog: HTMLDialogElement, body: HTMLElement, head: HTMLElement}}
 */
export function openSheet(screen, title, closed = () => {}) {
  closeSheet();
  const shut = make("button", { type: "button", class: "board-close", "aria-label": screen.words.say("action.close") }, "×");
  const head = make("header", { class: "board-head" }, make("h2", { class: "board-title" }, title), shut);
  const body = make("div", { class: "board-body" });
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "board", "aria-label": title }, head, body));
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
    window.dispatchEvent(new Event("citybrain:sheet"));
  });
  screen.page.root.append(dialog);
  dialog.showModal();
  window.dispatchEvent(new Event("citybrain:sheet"));
  return { dialog, body, head };
}

/** Close the sheet that is open; true where one was. */
export function closeSheet() {
  const open = /** @type {HTMLDialogElement|null} */ (find(document, "dialog.board[open]"));
  open?.close();
  return open !== null;
}
