/** Ties a screen to its room: begins all that follows it. */

import { Following } from "./following.mjs";

/** @param {import("../core/follow.mjs").Screen} screen */
export function link(screen) {
  if (!screen.room.takesPart) return;
  new Following(screen);
}
