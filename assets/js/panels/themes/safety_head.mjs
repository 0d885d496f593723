/** Which year is looked at, and how many villages take part in it. */

import { find, make, write } from "../../core/dom.mjs";
import { address, needed } from "./safety.mjs";
import { nothing } from "./nothing.mjs";
import { showing } from "./showing.mjs";
import { press, switching } from "./switching.mjs";
import { yearOf, years } from "./villages.mjs";

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function safetyHead(panel, screen) {
  const { words } = screen;
  const choices = find(panel, ".years");
  switching(choices, address, "year");
  showing(panel, screen, address, "safety_villages", (channel) => {
    const year = yearOf(channel, address);
    const villages = needed(screen, channel);
    const batches = new Set(villages.map(({ batch }) => batch)).size;
    write(find(panel, ".theme-title"), words.say(year ? "safety.title" : "safety.title-none", { year }));
    write(find(panel, ".theme-inside"), words.say("safety.inside", { count: words.count(villages.length), batches }));
    nothing(screen, channel.rows.size, words.say("safety.no-village"), channel.asOf);
    const all = years(channel);
    if (choices.dataset.shape !== all.join()) choices.replaceChildren(...all.map(choice));
    choices.dataset.shape = all.join();
    press(choices, year);
  });
}

/** @param {string} year */
function choice(year) {
  return make("button", { type: "button", class: "choice", "data-choice": year }, year);
}
