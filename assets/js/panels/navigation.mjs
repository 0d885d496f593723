/** The links to the other screens: each keeps the area and the language. */

import { drawIcons } from "../chart/icon.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function navigation(element, { selection, page }) {
  drawIcons(element);
  const point = () => {
    for (const link of element.querySelectorAll("a")) {
      const url = new URL(link.href);
      url.searchParams.set("lang", page.language);
      if (selection.area === selection.rootArea) url.searchParams.delete("area");
      else url.searchParams.set("area", selection.area);
      link.href = url.href;
    }
  };
  selection.addEventListener("area", point);
  point();
}
