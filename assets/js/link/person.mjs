/** How a member of a room is named: its kind of screen and number, or its kind and the person's name. */

const ORDINAL = /^(\D+?)\s?(\d+)$/;

/** @param {{name: string, screen: string}} member @param {import("../core/words.mjs").Words} words */
export function called({ name, screen }, words) {
  const kind = words.name("link", screen);
  const [, own, number] = ORDINAL.exec(name) ?? [];
  // an ordinal was given in the city's language; its number is the same in every other
  if (own && KINDS.includes(own)) return words.say("link.members", { screen: kind, count: number });
  return [kind, name].filter(Boolean).join(" ");
}

const KINDS = ["大屏", "值班台", "平板", "手机", "Wall", "Desk", "Tablet", "Phone"];
