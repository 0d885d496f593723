/** The button that casts to the wall; while something is cast it takes it back, and under another's lock it asks for the lock. */

import { make, mark } from "../core/dom.mjs";
import { called } from "../link/person.mjs";
import { icon } from "./icons.mjs";
import { announce, ask, notify } from "./notice.mjs";
import { openPush } from "./push_dialog.mjs";
import { sceneName } from "./scene.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** Why nothing can be cast now, or null. @param {Screen} screen */
export function hindrance({ room, freshness, words }) {
  if (!room.me) return words.say("room.away");
  if (freshness.stale) return words.say("room.stale");
  return null;
}

/** @param {HTMLElement} element @param {Screen} screen */
export function push(element, screen) {
  const { room, freshness } = screen;
  const button = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "push-open", "aria-haspopup": "dialog", "aria-expanded": "false" }));
  button.addEventListener("click", () => press(screen, button));
  element.append(button);
  let may = false;
  const show = () => {
    may ||= room.may("push");
    if (room.me) may = room.may("push");
    element.hidden = !may;
    if (may) label(button, screen);
  };
  for (const what of ["joined", "scene", "presence"]) room.addEventListener(what, show);
  freshness.addEventListener("change", show);
  room.addEventListener("scene", () => replaced(screen));
  show();
}

/** What a press would do now. @param {Screen} screen @returns {"push"|"recall"|"ask"|"withdraw"} */
function deed({ room }) {
  if (room.state?.presenter && !room.presents) return room.state.asking?.member === room.me?.member ? "withdraw" : "ask";
  return room.state?.push ? "recall" : "push";
}

/** @param {HTMLButtonElement} button @param {Screen} screen */
function label(button, screen) {
  const { words } = screen;
  const what = deed(screen);
  const why = hindrance(screen);
  button.disabled = why !== null;
  const text = words.say({ push: "room.push", recall: "room.recall", ask: "room.ask", withdraw: "room.withdraw" }[what]);
  if (button.dataset.deed === what && button.dataset.text === text && button.title === (why ?? "")) return;
  mark(button, "deed", what);
  mark(button, "text", text);
  button.title = why ?? "";
  button.replaceChildren(icon(what === "push" || what === "recall" ? what : "hand"), make("span", {}, text), make("kbd", {}, "P"));
}

/** Do what the button says; the key does the same. @param {Screen} screen @param {HTMLElement} [button] */
export function press(screen, button = /** @type {HTMLElement} */ (document.querySelector(".push-open"))) {
  if (!button || button.closest("[hidden]") || /** @type {HTMLButtonElement} */ (button).disabled) return false;
  const what = deed(screen);
  if (what === "push") openPush(screen, button);
  else if (what === "recall") recall(screen);
  else if (what === "withdraw") ask(screen, "decline");
  else ask(screen, "ask").then((done) => done && announce(screen.words.say("room.asked")));
  return true;
}

/** Take back what is cast. @param {Screen} screen */
async function recall(screen) {
  const { words } = screen;
  if (!(await ask(screen, "recall"))) return;
  notify(screen, words.say("room.recalled"), { ways: [{ label: words.say("room.undo"), act: () => ask(screen, "undo") }] });
}

/** Tell whoever cast before that another has cast since. @param {Screen} screen */
function replaced(screen) {
  const { room, words } = screen;
  const { push: cast } = room.state ?? {};
  const before = latest.get(screen) ?? null;
  latest.set(screen, cast ?? null);
  const mine = before && before.by.member === room.me?.member;
  if (!mine || !cast || cast.at === before.at || cast.by.member === room.me?.member) return;
  const text = words.say("room.replaced", { name: called(cast.by, words), scene: sceneName(room.scene, screen) });
  notify(screen, text, { span: 15_000, ways: [{ label: words.say("room.undo"), act: () => ask(screen, "undo") }] });
}

/** @type {WeakMap<Screen, any>} what was cast last */
const latest = new WeakMap();
