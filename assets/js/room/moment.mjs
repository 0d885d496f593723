/** A room that looks at another time says so on every screen: a violet band, a chip with the time, the way back. */

import { make, mark, write } from "../core/dom.mjs";
import { icon } from "./icons.mjs";
import { announce, ask } from "./notice.mjs";
import { keepTime, present, replayed } from "./time.mjs";

/** Whether this screen shows the room's other time. @param {import("../core/follow.mjs").Screen} screen */
export function rewound({ room, freshness }) {
  return room.replaying && (room.driven || freshness.replay);
}

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function moment(element, screen) {
  const { room, words, clock, page } = screen;
  keepTime(screen);
  const text = make("span", {});
  const back = make("button", { type: "button" }, words.say("room.to-live"), make("kbd", {}, "L"));
  back.addEventListener("click", () => ask(screen, "live"));
  element.append(icon("clock"), text, back);
  let before = false;
  const show = () => {
    const now = room.replaying;
    element.hidden = !now;
    mark(page.root, "rewound", now && rewound(screen) ? "true" : null);
    if (now !== before && room.me) announce(words.say(now ? "room.now-replays" : "room.now-live"));
    before = now;
    if (!now) return;
    back.hidden = !room.may("push") || Boolean(room.state?.presenter && !room.presents);
    const at = replayed(screen);
    write(text, words.say(room.scene?.time?.speed ? "room.plays" : "room.stands", { time: words.when(new Date(at).toISOString(), present(screen)), speed: room.scene?.time?.speed ?? 0 }));
  };
  for (const what of ["joined", "scene", "follow"]) room.addEventListener(what, show);
  clock.everySecond(show);
}
