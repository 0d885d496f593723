/** A layer that hangs below the button that opens it; closed by its button, by Escape or by a press beside it. */

import { make } from "../core/dom.mjs";
import { icon } from "./icons.mjs";

const [GAP, EDGE] = [6, 8];

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/**
 * Open an empty layer.
 * @param {Screen} screen @param {HTMLElement} anchor @param {string} title @param {string} [kind]
 * @returns {{dialog: HTMLDialogElement, head: HTMLElement, body: HTMLElement}}
 */
export function openLayer(screen, anchor, title, kind = "list") {
  const shut = make("button", { type: "button", class: "room-close", "aria-label": screen.words.say("action.close") }, icon("close"));
  const head = make("header", { class: "room-layer-head" }, make("h2", {}, title), shut);
  const body = make("div", { class: "room-layer-body" });
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "room-layer", "data-kind": kind, "aria-label": title }, head, body));
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && beside(dialog, event) && dialog.close());
  anchor.setAttribute("aria-expanded", "true");
  dialog.addEventListener("close", () => {
    anchor.setAttribute("aria-expanded", "false");
    dialog.remove();
  });
  screen.page.root.append(dialog);
  dialog.showModal();
  const fit = () => below(dialog, anchor);
  const sizes = new ResizeObserver(fit);
  sizes.observe(dialog);
  fit();
  return { dialog, head, body };
}

/** @param {HTMLElement} dialog @param {MouseEvent} event */
function beside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/** @param {HTMLElement} dialog @param {HTMLElement} anchor */
function below(dialog, anchor) {
  const { left, right, bottom } = anchor.getBoundingClientRect();
  const middle = (left + right) / 2;
  const width = dialog.offsetWidth;
  const at = middle > innerWidth / 2 ? right - width : left;
  dialog.style.left = `${Math.max(EDGE, Math.min(at, innerWidth - width - EDGE))}px`;
  dialog.style.top = `${Math.max(EDGE, Math.min(bottom + GAP, innerHeight - dialog.offsetHeight - EDGE))}px`;
}
