/** A layer over the desk, with a title and a way out. */

import { make } from "../core/dom.mjs";

/** @param {import("../core/follow.mjs").Screen} screen @param {string} name @param {string} title */
export function openLayer({ page, words }, name, title) {
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: `desk-layer desk-layer-${name}`, "aria-label": title }));
  const close = make("button", { type: "button", class: "case-close", "aria-label": words.say("action.close") }, "×");
  const body = make("div", { class: "desk-layer-body", tabindex: "0" });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(make("header", { class: "desk-layer-head" }, make("h2", {}, title), close), body);
  page.root.append(dialog);
  dialog.showModal();
  return { dialog, body };
}
