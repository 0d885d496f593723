/** The tabs of the phone. */

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function tabs(element, { page }) {
  const buttons = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-tab]")]);
  const choose = (/** @type {string} */ name) => {
    page.root.dataset.tab = name;
    for (const button of buttons) button.setAttribute("aria-current", button.dataset.tab === name ? "page" : "false");
  };
  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.tab ?? "cases"));
  choose("cases");
}
