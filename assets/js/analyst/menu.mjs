/** A sheet under a button: opens by click, closes by Esc or a click elsewhere. */

import { make } from "../core/dom.mjs";

/** @param {HTMLElement} opener @param {(sheet: HTMLElement) => void} fill called each time it opens */
export function menu(opener, fill) {
  const sheet = make("div", { class: "drop", popover: "auto", role: "dialog", "aria-label": opener.title || opener.textContent || "" });
  opener.after(sheet);
  let shutAt = 0;
  opener.addEventListener("click", () => {
    // the click that closed it is not one that opens it
    if (performance.now() - shutAt < 250) return;
    fill(sheet);
    sheet.showPopover();
    const { left, bottom } = opener.getBoundingClientRect();
    sheet.style.left = `${Math.max(8, Math.min(left, innerWidth - sheet.offsetWidth - 8))}px`;
    sheet.style.top = `${bottom + 6}px`;
    /** @type {HTMLElement|null} */ (sheet.querySelector("[aria-current=true], [autofocus], button, input"))?.focus();
  });
  sheet.addEventListener("toggle", (event) => {
    const open = /** @type {any} */ (event).newState === "open";
    opener.setAttribute("aria-expanded", String(open));
    if (!open) shutAt = performance.now();
  });
  return sheet;
}

/** A list of buttons to choose from by arrow keys. @param {[string, string][]} options @param {string} chosen @param {(value: string) => void} choose */
export function chooser(options, chosen, choose) {
  const buttons = options.map(([value, text]) => {
    const button = make("button", { type: "button", class: "drop-item", "aria-current": String(value === chosen) }, text);
    button.addEventListener("click", () => choose(value));
    return button;
  });
  const list = make("div", { class: "drop-list" }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || at < 0) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length].focus();
  });
  return list;
}
