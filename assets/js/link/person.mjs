/** How a member of a room is named: its kind of screen and number, or its kind and the person's name. */

/** @param {{name: string, screen: string, number?: number}} member @param {import("../core/words.mjs").Words} words */
export function called({ name, screen, number }, words) {
  const kind = words.name("link", screen);
  if (number) return words.say("link.members", { screen: kind, count: number });
  // a wall is often named after what it is
  return name.includes(kind) ? name : [kind, name].filter(Boolean).join(" ");
}
