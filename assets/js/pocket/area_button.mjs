/** Whose tasks these are: the area chosen on this phone, remembered, and the way to choose another. */

import { write } from "../core/dom.mjs";
import { AreaSheet } from "./area_sheet.mjs";
import { recall, remember } from "./remembered.mjs";
import { placeName } from "./where.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {HTMLElement} button @param {Screen} screen */
export async function areaButton(button, screen) {
  const { geography, selection, words } = screen;
  const sheet = new AreaSheet(screen);
  const open = () => sheet.open(words.say("area.title"), selection.area, (area) => selection.chooseArea(area));
  button.addEventListener("click", open);
  screen.page.root.addEventListener("citybrain:area", open);
  await geography.load();
  const kept = recall("area");
  if (kept && geography.areas[kept] && !new URLSearchParams(location.search).has("area")) selection.chooseArea(kept);
  selection.addEventListener("area", () => {
    remember("area", selection.area === selection.rootArea ? null : selection.area);
    const name = words.field(geography.areas[selection.area] ?? {}, "name");
    write(document.querySelector("[data-announcer]"), words.say("map.selected", { name }));
  });
}

/** @param {HTMLElement} element @param {Screen} screen */
export async function areaHere(element, screen) {
  const { geography, selection } = screen;
  await geography.load();
  const show = () => write(element, areaWords(screen));
  selection.addEventListener("area", show);
  show();
}

/** The chosen area in words. @param {Screen} screen */
export function areaWords(screen) {
  const { selection, words, page } = screen;
  if (selection.area === selection.rootArea) return words.say("pocket.whole-city", { city: page.cityName });
  return placeName(screen, selection.area);
}
