/** What a scene is called, and whom a change of it takes along. */

import { called } from "../link/person.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {import("../link/room.mjs").Scene} Scene */

/** @param {string|null|undefined} page @param {import("../core/words.mjs").Words} words */
export function pageName(page, words) {
  return page && page !== "overview" ? words.name("scene", page) : words.say("room.overview");
}

/** A scene in words: which page, of which area. @param {Scene|null} scene @param {Screen} screen */
export function sceneName(scene, { words, geography, selection }) {
  if (!scene) return words.say("unknown");
  const whole = !scene.area || scene.area === selection.rootArea;
  if (whole && (scene.page ?? "overview") === "overview") return words.say("scene.overview");
  const area = words.field(geography.areas[scene.area] ?? {}, "name");
  return whole ? pageName(scene.page, words) : words.say("room.scene", { area, page: pageName(scene.page, words) });
}

/** The walls of the room. @param {Screen} screen */
export function walls({ room }) {
  return room.members.filter((member) => member.screen === "wall");
}

/** Who else follows, the walls and oneself aside. @param {Screen} screen */
export function followers({ room }) {
  return room.members.filter((member) => member.screen !== "wall" && member.follow && member.member !== room.me?.member);
}

/** What the walls are called together. @param {Screen} screen */
export function wallName(screen) {
  const all = walls(screen);
  return all.length ? all.map((wall) => called(wall, screen.words)).join(" · ") : screen.words.say("room.wall");
}
