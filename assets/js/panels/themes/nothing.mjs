/** What a theme says of an area that has nothing of it: since when that is so, and the ways out. */

import { find, mark, write } from "../../core/dom.mjs";
import { shortName } from "./names.mjs";

/**
 * Show the note, or the panels. @param {import("../../core/follow.mjs").Screen} screen @param {number} count
 * @param {string} text what there is none of @param {string|null} asOf
 */
export function nothing(screen, count, text, asOf) {
  const { page, selection, geography, words } = screen;
  mark(page.root, "none", count ? null : "true");
  const note = find(page.root, ".theme-none");
  note.hidden = count > 0;
  if (count) return;
  const name = shortName(screen, selection.area);
  write(find(note, "p"), words.say("themes.none", { name, what: text, time: words.time("minute", asOf) }));
  const above = geography.path(selection.area).at(-2) ?? selection.rootArea;
  const ways = [["up", above], ["root", selection.rootArea]];
  for (const [way, area] of ways) {
    const button = /** @type {HTMLButtonElement} */ (find(note, `[data-way="${way}"]`));
    button.hidden = selection.area === selection.rootArea || (way === "root" && above === selection.rootArea);
    write(button, words.say("themes.enter", { name: shortName(screen, area) }));
    button.onclick = () => selection.chooseArea(area);
  }
}
