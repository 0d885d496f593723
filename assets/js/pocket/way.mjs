/** The way to a place: the phone's own map app where it opens one, else the coordinates to paste. */

import { phone } from "./phone.mjs";

/** Whether this device hands `geo:` addresses to a map app. */
const OPENS = /Android/.test(navigator.userAgent);

/** @param {number} lon @param {number} lat */
const written = (lon, lat) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;

/** @param {any} row @param {import("../core/follow.mjs").Screen} screen */
export function go(row, screen) {
  if (!OPENS) return copy(row, screen);
  const { lon, lat } = row;
  location.assign(`geo:${lat.toFixed(6)},${lon.toFixed(6)}?q=${lat.toFixed(6)},${lon.toFixed(6)}`);
}

/** @param {any} row @param {import("../core/follow.mjs").Screen} screen */
export async function copy({ lon, lat }, screen) {
  const point = written(lon, lat);
  const { words } = screen;
  try {
    await navigator.clipboard.writeText(point);
    phone(screen).say(words.say("task.copied", { point }));
  } catch {
    phone(screen).say(words.say("task.not-copied", { point }));
  }
}
