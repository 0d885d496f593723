/** How many villages of each area inside are named; an area is a way in. */

import { find, KeyedList, make, write } from "../../core/dom.mjs";
import { shortName } from "./names.mjs";
import { address, needed } from "./safety.mjs";
import { showing } from "./showing.mjs";

const MOST = 4;

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function named(panel, screen) {
  const { geography, selection, words } = screen;
  const list = new KeyedList(panel, create, (node, row) => {
    write(find(node, ".named-name"), words.say("safety.named-in", { name: row.name }));
    write(find(node, ".value"), words.count(row.named));
    const share = row.all ? words.decimal((100 * row.named) / row.all) : words.say("unknown");
    write(find(node, ".named-of"), words.say("safety.named-of", { count: words.count(row.all), share }));
    const way = find(node, ".named-way");
    way.dataset.area = row.id;
    way.title = words.say("themes.enter", { name: row.name });
  });
  panel.addEventListener("click", (event) => {
    const way = /** @type {HTMLElement} */ (event.target).closest("[data-area]");
    if (way) selection.chooseArea(/** @type {HTMLElement} */ (way).dataset.area ?? selection.rootArea);
  });
  showing(panel, screen, address, "safety_villages", (channel) => {
    const villages = needed(screen, channel);
    const inside = geography.children(selection.area).filter((id) => geography.areas[id].level !== "grid");
    const rows = inside.map((id) => told(id, villages.filter((row) => geography.within(row.area_id, id)), screen)).filter((row) => row.all);
    const own = told(selection.area, villages, screen);
    list.show([own, ...rows.sort((a, b) => b.all - a.all).slice(0, MOST - 1)].map((row) => [row.id, row]));
  });
}

/** @param {string} id @param {any[]} villages @param {import("../../core/follow.mjs").Screen} screen */
function told(id, villages, screen) {
  return { id, name: shortName(screen, id), all: villages.length, named: villages.filter(({ finished }) => finished).length };
}

function create() {
  const number = make("span", { class: "named-number" }, make("b", { class: "value" }), make("span", { class: "named-of" }));
  return make("li", {}, make("button", { type: "button", class: "named-way" }, make("span", { class: "named-name" }), number));
}
