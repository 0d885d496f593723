/** While nothing new arrives, every panel says for how long its numbers have stood still. */

import { write } from "./dom.mjs";

/** @param {import("./follow.mjs").Screen} screen */
export function ageing(screen) {
  const { freshness, words, clock, page } = screen;
  clock.everySecond(() => {
    if (!freshness.stale || freshness.lag === null) return;
    const text = words.say("fresh.stopped-for", { span: words.span(freshness.lag * 1000) });
    for (const time of page.root.querySelectorAll("[data-as-of] [data-asof]")) write(time, text);
  });
}
