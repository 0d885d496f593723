/** Ties a screen to its room: begins all that follows it, and tells the room how this display fares. */

import { Following } from "./following.mjs";
import { Health } from "./health.mjs";
import { Sketch } from "./sketch.mjs";
import { Watchman } from "./watchman.mjs";

/** @param {import("../core/follow.mjs").Screen} screen */
export function link(screen) {
  const watchman = new Watchman(screen);
  if (!screen.room.takesPart) return;
  new Following(screen);
  new Health(screen, watchman);
  screen.sketch = new Sketch(screen);
  screen.stream.addEventListener("wanted", (event) => answer(/** @type {CustomEvent} */ (event).detail, screen));
}

/** @param {{what: string, id?: string}} wanted @param {import("../core/follow.mjs").Screen} screen */
async function answer({ what, id }, { page, stream }) {
  if (what !== "thumbnail") return;
  const { thumbnail } = await import("./thumbnail.mjs");
  const data = await thumbnail(page.root);
  if (data) stream.send({ type: "thumbnail", data, ...(id ? { id } : {}) });
}
