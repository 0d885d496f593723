/** The area path: every level is a way up, the last opens the areas inside. */

import { make, write } from "../core/dom.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export async function path(element, screen) {
  await screen.geography.load();
  const show = () => element.replaceChildren(...crumbs(screen), ...picker(screen));
  screen.selection.addEventListener("area", () => {
    show();
    announce(screen);
  });
  show();
}

/** @param {import("../core/follow.mjs").Screen} screen */
function crumbs({ geography, selection, words }) {
  return geography.path(selection.area).map((id) => {
    const here = id === selection.area;
    const name = words.field(geography.areas[id], "name");
    const crumb = make("button", { type: "button", class: "crumb", "aria-current": here && "location" }, name);
    crumb.addEventListener("click", () => selection.chooseArea(id));
    return crumb;
  });
}

/** @param {import("../core/follow.mjs").Screen} screen */
function picker(screen) {
  const { geography, selection, words } = screen;
  const inside = geography.children(selection.area);
  if (!inside.length) return [];
  const list = make("div", { class: "picker-list", id: "areas-inside", popover: "auto" });
  const open = make("button", { type: "button", class: "picker", popovertarget: "areas-inside", "aria-label": words.say("desk.pick-area") }, "▾");
  list.addEventListener("beforetoggle", (event) => {
    if (/** @type {any} */ (event).newState === "open") fill(list, open, inside, screen);
  });
  return [open, list];
}

/** @param {HTMLElement} list @param {HTMLElement} opener @param {string[]} ids @param {import("../core/follow.mjs").Screen} screen */
function fill(list, opener, ids, screen) {
  const { geography, selection, words } = screen;
  const open = (/** @type {string} */ id) => screen.areaRow(id)?.open ?? 0;
  const sorted = [...ids].sort((a, b) => open(b) - open(a) || (a < b ? -1 : 1));
  const buttons = sorted.map((id) => {
    const count = make("span", { class: "value" }, words.count(open(id)));
    const button = make("button", { type: "button", class: "picker-area" }, words.field(geography.areas[id], "name"), count);
    button.addEventListener("click", () => selection.chooseArea(id));
    return button;
  });
  list.replaceChildren(...buttons);
  const { left, bottom } = opener.getBoundingClientRect();
  list.style.left = `${Math.min(left, innerWidth - 300)}px`;
  list.style.top = `${bottom + 6}px`;
}

/** Say to a screen reader which area was chosen. @param {import("../core/follow.mjs").Screen} screen */
function announce({ geography, selection, words }) {
  const name = words.field(geography.areas[selection.area] ?? {}, "name");
  write(document.querySelector("[data-announcer]"), words.say("map.selected", { name }));
}

/** One level up, if there is one. @param {import("../core/follow.mjs").Screen} screen */
export function up({ geography, selection }) {
  const above = geography.path(selection.area).at(-2);
  if (above && selection.area !== selection.rootArea) selection.chooseArea(above);
}
