/** Queue, map and case one at a time, where the screen is too narrow for all. */

import { mark } from "../core/dom.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function panes(element, screen) {
  const tabs = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-pane]")]);
  const choose = (/** @type {string} */ name) => {
    mark(screen.page.root, "pane", name);
    for (const tab of tabs) tab.setAttribute("aria-pressed", String(tab.dataset.pane === name));
  };
  for (const tab of tabs) {
    for (const event of ["click", "choose"]) tab.addEventListener(event, () => choose(tab.dataset.pane ?? "queue"));
  }
  screen.selection.addEventListener("case", () => choose(screen.selection.case ? "case" : "queue"));
  choose(screen.selection.case ? "case" : "queue");
}
