/** The server's real clock, as the frames of a room carry it; the screen's own clock may be rewound. */

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @type {WeakMap<Screen, {at: number, heard: number}>} */
const heard = new WeakMap();

/** Hear the room's clock from now on. @param {Screen} screen */
export function keepTime(screen) {
  if (heard.has(screen)) return;
  heard.set(screen, { at: NaN, heard: 0 });
  screen.room.addEventListener("scene", (event) => {
    const at = Date.parse(/** @type {CustomEvent} */ (event).detail.now);
    if (Number.isFinite(at)) heard.set(screen, { at, heard: performance.now() });
  });
}

/** Milliseconds of the present real moment. @param {Screen} screen */
export function present(screen) {
  const known = heard.get(screen);
  if (!screen.freshness.replay || !known || Number.isNaN(known.at)) return screen.clock.now();
  return known.at + performance.now() - known.heard;
}

/** The moment the room looks at, in milliseconds. @param {Screen} screen */
export function replayed(screen) {
  const { at, since, speed = 0 } = screen.room.scene?.time ?? {};
  if (!at) return present(screen);
  return Math.min(present(screen), Date.parse(at) + Math.max(0, present(screen) - Date.parse(since ?? at)) * speed);
}
