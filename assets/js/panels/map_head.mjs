/** The head of a map: which area, what lies inside it, and, where data stopped, since when. */

import { find, write } from "../core/dom.mjs";

const TEN_THOUSAND = 10_000;

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export async function mapHead(element, screen) {
  const { geography, selection, freshness, words } = screen;
  await geography.load();
  const name = () => {
    write(find(element, ".map-name"), words.field(geography.areas[selection.area] ?? {}, "name"));
    write(find(element, ".map-inside"), inside(screen).join(" · "));
  };
  const stopped = find(element, ".map-stopped");
  freshness.addEventListener("change", () => {
    stopped.hidden = !freshness.stale || !freshness.dataAt;
    write(stopped, words.say("stale.map", { time: words.time("second", freshness.dataAt) }));
  });
  find(element, ".map-fit").addEventListener("click", () => selection.dispatchEvent(new Event("whole")));
  selection.addEventListener("area", name);
  name();
}

/** @param {import("../core/follow.mjs").Screen} screen */
function inside({ geography, selection, words }) {
  const counts = geography.inside(selection.area);
  // what lies right inside, and the finest: the head is short
  const shown = Object.entries(counts).filter((_, at, all) => at === 0 || at === all.length - 1);
  const parts = shown.map(([level, count]) => words.say("map.areas", { count: words.count(count), level: words.say(`level.${level}`) }));
  const people = geography.areas[selection.area]?.population;
  if (people) parts.push(words.say("map.population", { count: population(people, words) }));
  return parts;
}

/** @param {number} people @param {import("../core/words.mjs").Words} words */
function population(people, words) {
  if (words.language === "en" || people < TEN_THOUSAND) return words.count(people);
  return words.say("population.ten-thousand", { n: words.decimal(people / TEN_THOUSAND) });
}
