/** Who presents, in the bar; the presenter hears who asks to take over and answers there. */

import { make, mark } from "../core/dom.mjs";
import { called } from "../link/person.mjs";
import { icon } from "./icons.mjs";
import { announce, ask } from "./notice.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function presenter(element, screen) {
  const { room, words } = screen;
  let told = "";
  const button = (/** @type {string} */ key, /** @type {() => void} */ act, main = false) => {
    const made = make("button", { type: "button", class: main ? "button-main" : "button-plain" }, words.say(key));
    made.addEventListener("click", act);
    return made;
  };
  const show = () => {
    const { presenter: holder = null, asking = null, leading = false } = room.state ?? {};
    element.hidden = !holder || !room.me;
    const text = JSON.stringify([holder?.member, asking?.member, leading, room.me?.member]);
    if (text === told || !holder) return void (told = element.hidden ? "" : told);
    told = text;
    const name = called(holder, words);
    const said = room.presents ? words.say("room.presenting") : words.say(leading ? "room.leads" : "room.presents", { name });
    element.replaceChildren(make("span", { class: "presenter-name" }, icon(leading ? "lead" : "lock"), make("span", {}, said)));
    mark(element, "asking", asking && room.presents ? "true" : null);
    if (asking && room.presents) {
      const wish = words.say("room.asks", { name: called(asking, words) });
      element.replaceChildren(make("span", { class: "presenter-name" }, icon("hand"), make("span", {}, wish)), button("room.hand-over", () => ask(screen, "hand_over"), true), button("room.decline", () => ask(screen, "decline")));
      announce(wish);
    } else if (room.presents) element.append(button("room.unlock", () => ask(screen, "unlock")));
    else announce(said);
  };
  for (const what of ["joined", "scene"]) room.addEventListener(what, show);
  show();
}
