/** The keys of a room: what is pressed, what it does, what the help says. */

import { ask } from "./notice.mjs";
import { press } from "./push.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @type {{keys: string[], shown: string[], words: string, act: (screen: Screen) => boolean}[]} */
export const ROOM_KEYS = [
  { keys: ["f"], shown: ["F"], words: "keys.follow", act: turn },
  { keys: ["p"], shown: ["P"], words: "keys.push", act: (screen) => press(screen) },
  { keys: ["t"], shown: ["T"], words: "keys.tools", act: (screen) => tell(screen, ".room-tools:not([hidden])") },
  { keys: ["h"], shown: ["H"], words: "keys.replay", act: (screen) => screen.room.may("push") && tell(screen, ".room-replay") },
  { keys: ["l"], shown: ["L"], words: "keys.live", act: live },
  // the bar of time and the sheet of the pens hear these themselves
  { keys: [], shown: ["←", "→", "Shift", "Space"], words: "keys.time", act: () => false },
  { keys: [], shown: ["↑", "↓", "←", "→", "Space"], words: "keys.pen", act: () => false },
];

/** @param {Screen} screen */
function turn({ room }) {
  if (!room.me) return false;
  room.setFollow(!room.follow);
  return true;
}

/** @param {Screen} screen @param {string} selector */
function tell({ page }, selector) {
  return page.root.querySelector(selector)?.dispatchEvent(new Event("turn")) ?? false;
}

/** @param {Screen} screen */
function live(screen) {
  if (!screen.room.replaying || !screen.room.may("push")) return false;
  ask(screen, "live");
  return true;
}
