/** What places are called where there is little room. */

/** @typedef {import("../../core/follow.mjs").Screen} Screen */

/** A name without the office behind it. @param {Screen} screen @param {string} id */
export function shortName({ geography, words }, id) {
  const name = words.field(geography.areas[id] ?? {}, "name") || id;
  for (const pair of words.say("themes.endings").split("|")) {
    const [ending, instead] = pair.split("=");
    if (ending && name.length > ending.length && name.includes(ending)) return name.replace(ending, instead);
  }
  return name;
}

/** A place behind the one around it. @param {Screen} screen @param {string} id */
export function placeName(screen, id) {
  const parent = screen.geography.areas[id]?.parent;
  const [around, own] = [parent ? shortName(screen, parent) : "", shortName(screen, id)];
  return screen.words.say("themes.place", { around, own });
}
