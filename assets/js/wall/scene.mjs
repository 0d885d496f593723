/** Which scene the wall shows: the room's; else the one the address asks for, or several in turn by the city's clock, so that every segment turns at once. */

const DWELL = 30;

/** @param {string[]} known @returns {{names: string[], dwell: number}} */
export function asked(known) {
  const query = new URLSearchParams(location.search);
  const names = (query.get("rotate") ?? "").split(",").filter((name) => known.includes(name));
  const scene = query.get("scene") ?? "";
  return { names: names.length ? names : [known.includes(scene) ? scene : known[0]], dwell: Math.max(5, Number(query.get("dwell")) || DWELL) };
}

/** @param {{names: string[], dwell: number}} asked @param {number} now milliseconds of the city's clock @param {number} speed */
export function at({ names, dwell }, now, speed) {
  return names[Math.floor(now / (dwell * 1000 * speed)) % names.length];
}

/**
 * What the room wants on a wall that takes part in it; a page no wall knows leaves the wall as it is.
 * @param {import("../link/room.mjs").Room} room @param {string[]} known @returns {{scene: string, layout: string}|null}
 */
export function cast(room, known) {
  if (!room.driven || !room.spoken) return null;
  const page = room.scene?.page ?? known[0];
  return known.includes(page) ? { scene: page, layout: room.scene?.layout ?? "" } : null;
}
