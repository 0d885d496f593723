/** The head of a screen: clock, date, freshness, replay badge. */

import { find, mark, write } from "../core/dom.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {HTMLElement} element @param {Screen} screen */
export function clock(element, { clock, words }) {
  clock.everySecond(() => clock.running && write(element, words.time("minute", clock.now())));
}

/** @param {HTMLElement} element @param {Screen} screen */
export function date(element, { clock, words }) {
  clock.everySecond(() => clock.running && write(element, words.time("date", clock.now())));
}

/** @param {HTMLElement} element @param {Screen} screen */
export function replayBadge(element, { freshness, clock, words, room }) {
  const show = () => {
    if (!freshness.tick) return;
    const kind = freshness.tick.clock;
    // a room went back in time: every screen that follows it says which moment it shows, and that it is not now
    const rewound = kind === "replay" && room.driven && room.replaying;
    mark(document.documentElement, "rewound", rewound ? "true" : null);
    element.hidden = kind === "live";
    const time = rewound ? words.when(new Date(clock.now()).toISOString(), Date.parse(room.scene?.time?.since ?? "")) : "";
    if (!element.hidden) write(element, rewound ? words.say("link.rewound", { time }) : words.say(`badge.${kind}`, { speed: clock.speed }));
  };
  freshness.addEventListener("tick", show);
  room.addEventListener("scene", show);
  room.addEventListener("follow", show);
}

/** @param {HTMLElement} element @param {Screen} screen */
export function freshness(element, screen) {
  const show = () => showFreshness(element, screen);
  screen.freshness.addEventListener("change", show);
  screen.freshness.addEventListener("tick", show);
  screen.clock.everySecond(show);
}

/** @param {HTMLElement} element @param {Screen} screen */
function showFreshness(element, { freshness, clock, words }) {
  const state = freshness.state === "dead" ? "stale" : freshness.state;
  const lag = freshness.lag;
  mark(element, "replay", freshness.replay && !freshness.stale ? "true" : null);
  write(find(element, ".fresh-state"), words.say(`fresh.${state}`));
  const at = freshness.dataAt;
  write(find(element, ".fresh-data"), at ? words.say("fresh.data", { time: words.time("second", at) }) : "");
  const tell = at && lag !== null && (state === "live" || state === "late");
  const quiet = freshness.silent[0];
  const since = quiet && words.span((clock.now() - Date.parse(quiet.last_at)) / clock.speed);
  write(find(element, ".fresh-source"), quiet ? words.say("fresh.source", { source: quiet.source, span: since }) : "");
  write(find(element, ".fresh-lag"), tell ? words.say("fresh.lag", { seconds: words.count(lag) }) : "");
}
