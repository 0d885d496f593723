/** Language, light and keys behind one button: the bar belongs to the city and the room. */

import { find, write } from "../core/dom.mjs";
import { called } from "../link/person.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function preferences(element, { room, words }) {
  const button = /** @type {HTMLButtonElement} */ (find(element, ".preferences-open"));
  const list = find(element, ".bar-manners");
  list.popover = "auto";
  button.popoverTargetElement = list;
  list.addEventListener("toggle", (event) => button.setAttribute("aria-expanded", String(/** @type {ToggleEvent} */ (event).newState === "open")));
  list.addEventListener("click", () => list.hidePopover());
  const name = () => {
    const mine = room.me ? called(room.me, words) : "";
    write(button, mine.slice(0, 1) || "⋯");
    button.setAttribute("aria-label", [mine, words.say("room.preferences")].filter(Boolean).join(" · "));
  };
  room.addEventListener("joined", name);
  name();
}
