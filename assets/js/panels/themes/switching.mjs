/** A row of buttons of which one holds: `data-choices` names the word of the address, each button's `data-choice` its value. */

import { write } from "../../core/dom.mjs";

/** @param {HTMLElement} element @param {import("./address.mjs").Address} address @param {string} name */
export function switching(element, address, name) {
  element.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-choice]");
    if (button) address.set({ [name]: /** @type {HTMLElement} */ (button).dataset.choice ?? "" });
  });
  const show = () => press(element, address.get(name));
  address.addEventListener("change", show);
  show();
}

/** @param {HTMLElement} element @param {string} value */
export function press(element, value) {
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-choice]"))) {
    button.setAttribute("aria-pressed", String(button.dataset.choice === value));
  }
}

/** Say to a screen reader what was chosen. @param {string} text */
export function announce(text) {
  write(document.querySelector("[data-announcer]"), text);
}
