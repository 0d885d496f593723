/** The switch between following the wall and looking around freely. */

import { make } from "../core/dom.mjs";
import { called } from "../link/person.mjs";
import { icon } from "./icons.mjs";
import { announce, notify } from "./notice.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {HTMLElement} element @param {Screen} screen */
export function following(element, screen) {
  const { room, words } = screen;
  const button = (/** @type {boolean} */ on) => {
    const made = make("button", { type: "button", class: "follow-choice", "data-follow": String(on), title: words.say("room.follow-key") });
    made.append(...(on ? [icon("link")] : []), words.say(on ? "room.follow" : "room.free"));
    made.addEventListener("click", () => room.setFollow(on));
    return made;
  };
  const [on, off] = [button(true), button(false)];
  element.append(on, off);
  const show = () => {
    element.hidden = !room.me;
    const follow = room.driven;
    for (const [one, pressed] of /** @type {[HTMLElement, boolean][]} */ ([[on, follow], [off, !follow]])) one.setAttribute("aria-pressed", String(pressed));
    element.dataset.led = String(room.led);
  };
  for (const what of ["joined", "presence", "scene", "follow"]) room.addEventListener(what, show);
  room.addEventListener("follow", (event) => say(screen, /** @type {CustomEvent} */ (event).detail));
  show();
}

/** @param {Screen} screen @param {{follow: boolean, why: string}} change */
function say(screen, { follow, why }) {
  const { room, words } = screen;
  const watched = room.members.find(({ member }) => member === room.watched);
  if (watched) return announce(words.say("room.watching", { name: called(watched, words) }));
  if (follow || why === "asked") return announce(words.say(follow ? "room.now-follows" : "room.now-free"));
  if (why === "watch") return undefined;
  const back = { label: words.say("room.follow-again"), act: () => room.setFollow(true) };
  return notify(screen, words.say("room.set-free"), { ways: [back] });
}
