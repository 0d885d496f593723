/** Names on a wall, where there is little room and everyone knows the city: without what each of them ends or begins with. */

import { shortName } from "../panels/themes/names.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {Screen} screen @param {string} id */
export function areaName(screen, id) {
  return shorten(screen, shortName(screen, id));
}

/** A unit without the city's name before its own. @param {Screen} screen @param {string} name */
export function unitName({ page }, name) {
  const city = `${page.cityName} `;
  return name.startsWith(city) ? name.slice(city.length) : name;
}

/** @param {Screen} screen @param {string} name */
export function shorten({ words }, name) {
  return words.language === "en" ? words.say("wall.shorten").split("|").reduce((short, ending) => short.replace(ending, ""), name) : name;
}

/** What a case is called, in the viewer's language: its title is in the city's own. @param {Screen} screen @param {any} row */
export function caseName({ words }, row) {
  const kind = words.field(row, "category");
  const own = String(row.title ?? "").split(" · ")[0];
  return (words.language === "en" ? kind || own : own || kind) || words.say("case.no-title");
}
