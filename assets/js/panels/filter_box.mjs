/** The box of words that filter the queue. */

import { make } from "../core/dom.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function filterBox(element, { words }) {
  const input = make("input", {
    type: "search",
    class: "filter",
    "data-filter": true,
    placeholder: words.say("desk.filter"),
    "aria-label": words.say("desk.filter-label"),
    autocomplete: "off",
    spellcheck: "false",
  });
  element.prepend(input);
}
