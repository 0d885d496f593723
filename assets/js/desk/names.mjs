/** What a case and its place are called in a row: nothing said twice. */

import { shortName } from "../panels/themes/names.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** The kind of a case: its title without the place, in English its category. @param {any} row @param {Screen} screen */
export function kindOf(row, { words }) {
  const kind = words.field(row, "category");
  const own = String(row.title ?? "").split(" · ")[0];
  return (words.language === "en" ? kind || own : own || kind) || words.say("case.no-title");
}

/** Where it is: community · grid. @param {any} row @param {Screen} screen */
export function placeOf(row, screen) {
  const { geography, words } = screen;
  const own = words.field(row, "area") || words.say("place.unknown");
  const area = geography.areas[row.area_id];
  if (area?.level !== "grid" || !area.parent) return own;
  const parent = shortName(screen, area.parent);
  const shared = common(own, words.field(geography.areas[area.parent] ?? {}, "name"));
  return `${parent} · ${(shared.length > 1 && own.slice(shared.length).trim()) || own}`;
}

/** What two names begin with. @param {string} one @param {string} other */
function common(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return one.slice(0, at);
}

/** What lies over its state: urged, extended, opened again. @param {any} row @param {Screen} screen @returns {{kind: string, text: string}[]} */
export function overlays(row, { words }) {
  const some = (/** @type {string} */ kind, /** @type {string} */ name, /** @type {number} */ n) =>
    n ? [{ kind, text: n > 1 ? `${words.say(name)} ${n}` : words.say(name) }] : [];
  return [
    ...some("urged", "event.case-urged", row.urges),
    ...some("reopened", "event.case-reopened", row.reopens),
    ...some("extended", "event.deadline-extended", row.extensions),
    ...some("returned", "event.case-returned", row.returns),
  ];
}
