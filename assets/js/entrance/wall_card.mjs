/** One wall that waits: its digits to compare, what it is, how long it still waits. */

import { make, write } from "../core/dom.mjs";

const SECOND = 1000;

/** @typedef {{code: string, width: number, height: number, address: string, opened_at: string, until: string}} Wall */

/** @param {import("../core/words.mjs").Words} words @param {Wall} wall @param {...HTMLElement} more @returns {HTMLElement} */
export function wallCard(words, wall, ...more) {
  const left = make("span", { class: "wall-card-left value" });
  const digits = [...wall.code].map((digit) => make("b", { class: "digit" }, digit));
  const card = make(
    "section",
    { class: "wall-card", "data-code": wall.code, "aria-label": words.say("pairing.wall") },
    make("header", {}, make("h3", {}, words.say("pairing.wall")), left),
    make("div", { class: "wall-card-code" }, make("p", { class: "digits", role: "img", "aria-label": digits.length ? wall.code.split("").join(" ") : "" }, ...digits),
      make("p", { class: "compare" }, words.say("pairing.compare"))),
    make("p", { class: "wall-card-facts" },
      ...[words.say("pairing.size", { width: wall.width, height: wall.height }), wall.address, words.say("pair.read-only"),
        words.say("pairing.since", { time: words.time("minute", wall.opened_at) })].map((text) => make("span", {}, text))),
    ...more,
  );
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((Date.parse(wall.until) - Date.now()) / SECOND));
    write(left, words.say("pairing.left", { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` }));
    card.dataset.over = String(seconds === 0);
    if (seconds && (card.isConnected || !card.dataset.shown)) setTimeout(tick, SECOND);
    card.dataset.shown = "true";
  };
  tick();
  return card;
}

/** What the wall becomes: a name, and a room where there are several. @param {import("../core/words.mjs").Words} words @param {Wall} wall @param {string[]} rooms */
export function naming(words, wall, rooms) {
  const name = /** @type {HTMLInputElement} */ (make("input", { name: "wall-name", maxlength: 40, required: true, "data-field": "wall-name" }));
  name.value = words.say("pairing.new-name", { code: wall.code.slice(0, 3) });
  const room = /** @type {HTMLSelectElement} */ (make("select", { "data-field": "wall-room" }, ...rooms.map((one) => make("option", { value: one }, one))));
  const field = (/** @type {string} */ key, /** @type {HTMLElement} */ input) => make("label", { class: "field" }, make("span", {}, words.say(key)), input);
  const several = rooms.length > 1;
  const box = make("div", { class: "wall-naming" }, field("pairing.name", name), ...(several ? [field("pairing.room", room)] : []));
  return { box, value: () => ({ name: name.value, room: several ? room.value : (rooms[0] ?? "command") }) };
}
