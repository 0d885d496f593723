/** The tabs of the phone: pages below the head; the form opens over all of them. */

import { find, write } from "../core/dom.mjs";
import { phone } from "../pocket/phone.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function tabs(element, screen) {
  const { page, words } = screen;
  const { sending } = phone(screen);
  const buttons = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-tab]")]);
  const choose = (/** @type {string} */ name) => {
    screen.selection.chooseCase(null);
    if (name === "report") return page.root.dispatchEvent(new Event("citybrain:report"));
    page.root.dispatchEvent(new Event("citybrain:report-close"));
    page.root.dataset.tab = name;
    for (const button of buttons) button.setAttribute("aria-current", button.dataset.tab === name ? "page" : "false");
    return true;
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.tab ?? "tasks"));
  page.root.addEventListener("citybrain:tab", (event) => choose(/** @type {CustomEvent} */ (event).detail));
  const count = find(element, ".tab-count");
  sending.addEventListener("change", () => {
    const open = sending.waiting + sending.count("refused");
    count.hidden = open === 0;
    write(count, words.count(open));
  });
  page.root.dataset.tab = "tasks";
  buttons[0].setAttribute("aria-current", "page");
}
