/** What a room says to the one at this screen: a line that goes by itself, with at most two ways to answer. */

import { find, make, write } from "../core/dom.mjs";

const SHORT = 5000;

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {{label: string, act: () => void, main?: boolean}} Way */

/**
 * Say something for a while; the answer takes it back.
 * @param {Screen} screen @param {string} text @param {{ways?: Way[], span?: number|null, kind?: string}} [how] a span of null stays until answered
 */
export function notify(screen, text, { ways = [], span = SHORT, kind = "plain" } = {}) {
  const line = make("div", { class: "room-notice", "data-kind": kind }, make("p", {}, text));
  const gone = () => line.remove();
  for (const { label, act, main } of ways) {
    const button = make("button", { type: "button", class: main ? "button-main" : "button-plain" }, label);
    button.addEventListener("click", () => {
      gone();
      act();
    });
    line.append(button);
  }
  place(screen).append(line);
  if (span !== null) goes(line, gone, span);
  announce(text);
  return gone;
}

/** Let a line go after a while, not while somebody is at it. @param {HTMLElement} line @param {() => void} gone @param {number} span */
function goes(line, gone, span) {
  let timer = setTimeout(gone, span);
  for (const held of ["pointerenter", "focusin"]) line.addEventListener(held, () => clearTimeout(timer));
  for (const free of ["pointerleave", "focusout"]) {
    line.addEventListener(free, () => {
      clearTimeout(timer);
      timer = setTimeout(gone, span);
    });
  }
}

/** Say why the room refused. @param {Screen} screen @param {{code?: string, reason?: string}} error */
export function refused(screen, { code = "", reason = "" }) {
  const known = screen.words.messages[`room.denied.${code}`];
  notify(screen, known ?? screen.words.say("room.denied", { reason: reason || code }), { kind: "denied" });
}

/** Ask the room for something; a refusal is said. @param {Screen} screen @param {import("../link/room.mjs").Action} action @param {Record<string, any>} [values] */
export async function ask(screen, action, values = {}) {
  try {
    return await screen.room.act(action, values);
  } catch (error) {
    refused(screen, /** @type {any} */ (error));
    return null;
  }
}

/** @param {string} text */
export function announce(text) {
  write(document.querySelector("[data-announcer]"), text);
}

/** @param {Screen} screen */
function place({ page, words }) {
  let region = find(page.root, ".room-notices");
  if (!region) {
    region = make("div", { class: "room-notices", role: "region", "aria-label": words.say("room.notices") });
    page.root.append(region);
  }
  return region;
}
