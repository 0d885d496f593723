/** Where a screen begins: an area that its viewer does not answer for opens as their own. */

import { address } from "./page.mjs";

/** @param {import("./follow.mjs").Screen} screen */
export async function home({ page, selection, geography, room }) {
  if (page.name === "wall" || room.follow) return;
  try {
    const [answer] = await Promise.all([fetch(address("api/me")), geography.load()]);
    if (!answer.ok) return;
    const { areas = [] } = await answer.json();
    const own = geography.path(selection.area).some((id) => areas.includes(id));
    if (!own && areas.length) selection.chooseArea(areas[0]);
  } catch {
    // without a network it is where it was
  }
}
