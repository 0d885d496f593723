/** What a wall tells of its room: who cast what it shows, and which screens are there. */

import { write } from "../core/dom.mjs";
import { called } from "../link/person.mjs";

const ORDER = ["wall", "desk", "tablet", "pocket"];

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function castLine(element, screen) {
  const { room, words, page } = screen;
  const show = () => {
    const { push, playing, scene } = (room.driven && room.state) || {};
    const urgency = scene?.filters?.urgency ?? "all";
    const told = playing
      ? words.say("link.plays", { name: playing.name, index: playing.index + 1, count: playing.steps?.length ?? playing.count ?? "" })
      : push ? words.say("link.cast", { who: called(push.by, words) }) : "";
    const only = urgency === "all" ? "" : words.say("link.filtered", { what: words.say(`urgency.${urgency}`) });
    element.hidden = !told && !only;
    write(element, [told, only].filter(Boolean).join(" · "));
    if (told || only) page.root.dataset.cast = "true";
    else delete page.root.dataset.cast;
  };
  for (const type of ["scene", "follow", "joined"]) room.addEventListener(type, show);
}

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function presence(element, { room, words }) {
  room.addEventListener("presence", () => {
    const here = room.members.filter(({ state }) => state !== "silent");
    const counts = ORDER.map((name) => [name, here.filter(({ screen }) => screen === name).length]);
    const members = counts.filter(([, count]) => count).map(([name, count]) => words.say("link.members", { screen: words.say(`link.${name}`), count }));
    element.hidden = !members.length;
    write(element, members.length ? words.say("link.online", { members: members.join(" · ") }) : "");
  });
}
