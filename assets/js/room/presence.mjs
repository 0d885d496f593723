/** Who is in the room, on one line of the bar; a display that fell silent is named until somebody saw it. */

import { make, mark } from "../core/dom.mjs";
import { called } from "../link/person.mjs";
import { icon } from "./icons.mjs";
import { openMembers } from "./members.mjs";
import { announce } from "./notice.mjs";
import { telling } from "./telling.mjs";

const NAMED = 3;
const ORDER = ["wall", "desk", "tablet", "pocket"];

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function presence(element, screen) {
  new Presence(element, screen);
  telling(screen);
}

class Presence {
  /** @type {Set<string>} silences somebody here has seen */
  #seen = new Set();
  #told = "";

  /** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
  constructor(element, screen) {
    this.element = element;
    this.screen = screen;
    this.button = make("button", { type: "button", class: "presence-open", "aria-haspopup": "dialog", "aria-expanded": "false" });
    this.alarm = make("button", { type: "button", class: "presence-alarm", hidden: true });
    this.button.addEventListener("click", () => openMembers(screen, this.button));
    this.alarm.addEventListener("click", () => this.#acknowledge());
    element.append(this.button, this.alarm);
    for (const what of ["presence", "joined"]) screen.room.addEventListener(what, () => this.#show());
    this.#show();
  }

  #show() {
    const { room, words } = this.screen;
    this.element.hidden = !room.members.length;
    const members = [...room.members].sort((a, b) => ORDER.indexOf(a.screen) - ORDER.indexOf(b.screen));
    const text = JSON.stringify(members.map(({ member, name, state }) => [member, name, state]));
    if (text === this.#told) return;
    this.#told = text;
    const named = members.slice(0, NAMED).map((member) => this.#name(member));
    const more = members.length - named.length;
    const rest = more > 0 ? [make("span", { class: "presence-more value" }, `+${words.count(more)}`)] : [];
    this.button.replaceChildren(...named, ...rest);
    this.button.setAttribute("aria-label", words.say("room.present", { names: members.map((member) => called(member, words)).join(", ") }));
    this.#warn(members);
  }

  /** @param {import("../link/room.mjs").Member} member */
  #name({ screen, name, number, state, member }) {
    const node = make("span", { class: "presence-name" }, icon(screen), make("span", {}, called({ screen, name, number }, this.screen.words)));
    mark(node, "state", state);
    mark(node, "mine", member === this.screen.room.me?.member ? "true" : null);
    return node;
  }

  /** @param {import("../link/room.mjs").Member[]} members */
  #warn(members) {
    const { words } = this.screen;
    const silent = members.filter(({ state }) => state === "silent");
    for (const id of [...this.#seen]) if (!silent.some(({ member }) => member === id)) this.#seen.delete(id);
    const fresh = silent.filter(({ member }) => !this.#seen.has(member));
    const before = this.alarm.hidden;
    this.alarm.hidden = !fresh.length;
    if (!fresh.length) return;
    const text = words.say("room.silent", { names: fresh.map((member) => called(member, words)).join(" · ") });
    this.alarm.replaceChildren(icon("alarm"), make("span", {}, text), make("span", { class: "presence-seen" }, words.say("room.seen")));
    if (before) announce(text);
  }

  #acknowledge() {
    for (const { member, state } of this.screen.room.members) if (state === "silent") this.#seen.add(member);
    this.alarm.hidden = true;
    this.button.focus();
  }
}
