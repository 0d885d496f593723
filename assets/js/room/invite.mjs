/** A square that brings a guest's phone into the room. */

import { make } from "../core/dom.mjs";
import { ask, why } from "../entrance/opening.mjs";
import { squareCode } from "../entrance/square.mjs";
import { openLayer } from "./layer.mjs";
import { notify } from "./notice.mjs";

/** @param {import("../core/follow.mjs").Screen} screen @param {HTMLElement} anchor */
export async function invite(screen, anchor) {
  const { words, room } = screen;
  try {
    const { qr, minutes } = await ask("api/guests", { room: room.name || "command" });
    const { body } = openLayer(screen, anchor, words.say("join.invite"), "invite");
    body.append(make("div", { class: "invite-square" }, squareCode(qr, words.say("join.invite"))), make("p", {}, words.say("join.invite-how", { minutes })));
  } catch (error) {
    notify(screen, why(words, "join", error), { kind: "denied" });
  }
}
