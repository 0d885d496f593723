/** How many cases are judged, and who is evaluated. */

import { find, write } from "../../core/dom.mjs";
import { follow } from "../../core/follow.mjs";
import { address, wholeOf } from "./effect.mjs";
import { switching } from "./switching.mjs";

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function effectHead(panel, screen) {
  const { words } = screen;
  write(find(panel, ".theme-title"), words.say("nav.effect"));
  switching(find(panel, ".kinds"), address, "kind");
  follow(panel, screen, "effect", (channel) => {
    const judged = wholeOf(channel.rows.values()).kept?.denominator ?? 0;
    write(find(panel, ".theme-inside"), words.say("effect.inside", { count: words.count(judged) }));
  });
}
