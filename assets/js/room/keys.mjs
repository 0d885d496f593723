/** The keys of a room: what is pressed, what it does, what the help says. */

import { press } from "./push.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @type {{keys: string[], shown: string[], words: string, act: (screen: Screen) => boolean}[]} */
export const ROOM_KEYS = [
  { keys: ["f"], shown: ["F"], words: "keys.follow", act: turn },
  { keys: ["p"], shown: ["P"], words: "keys.push", act: (screen) => press(screen) },
];

/** @param {Screen} screen */
function turn({ room }) {
  if (!room.me) return false;
  room.setFollow(!room.follow);
  return true;
}
