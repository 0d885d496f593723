/** Says that the data stopped: since when, why, and what is being done about it. */

import { make, write } from "../core/dom.mjs";

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function banner(element, screen) {
  const { freshness, words } = screen;
  const [what, since, doing] = ["banner-what", "banner-since", "banner-doing"].map((name) => make("span", { class: name }));
  const explain = make("span", { class: "banner-explain" }, words.say("stale.explain"));
  const button = make("button", { type: "button", class: "button-quiet" }, words.say("action.reconnect"));
  button.addEventListener("click", () => screen.stream.reconnect());
  element.append(what, since, doing, explain);
  if (screen.page.name !== "wall") element.append(button);
  const show = () => {
    element.hidden = !freshness.stale;
    if (element.hidden) return;
    const at = freshness.dataAt;
    write(what, at ? words.say("stale.data", { time: words.time("second", at) }) : words.say("stale.never"));
    write(since, at ? words.say("stale.for", { span: words.span((freshness.lag ?? 0) * 1000) }) : "");
    write(doing, reason(screen));
    button.hidden = screen.stream.open;
  };
  freshness.addEventListener("change", show);
  screen.clock.everySecond(show);
}

/** @param {import("../core/follow.mjs").Screen} screen */
function reason({ freshness, stream, words, page }) {
  if (freshness.feedStopped) return words.say("stale.feed");
  if (stream.retryAt === null || stream.attempt < 2 || page.name === "wall") return words.say("stale.reconnecting");
  const seconds = Math.max(0, Math.ceil((stream.retryAt - performance.now()) / 1000));
  return words.say("stale.attempt", { attempt: stream.attempt, seconds });
}
