/** Walls that wait to be let in: a button with their number, a layer to compare and approve. */

import { make } from "../core/dom.mjs";
import { ask, why } from "../entrance/opening.mjs";
import { naming, wallCard } from "../entrance/wall_card.mjs";
import { icon } from "../room/icons.mjs";
import { openLayer } from "../room/layer.mjs";
import { notify } from "../room/notice.mjs";

const AGAIN = 5000;

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function wallsWaiting(element, screen) {
  const { room, words } = screen;
  const button = make("button", { type: "button", class: "button-quiet walls-open", "aria-haspopup": "dialog", "aria-expanded": "false" });
  element.append(button);
  /** @type {any[]} */
  let walls = [];
  /** @type {string[]} */
  let rooms = [];
  button.addEventListener("click", () => open(screen, button, walls, rooms, look));
  const look = async () => {
    if (!room.may("approve_device") || document.hidden) return;
    // where nobody signs in, no wall waits either
    const told = await ask("api/pairing").catch(() => null);
    [walls, rooms] = [told?.walls ?? [], told?.rooms ?? []];
    element.hidden = !walls.length;
    button.replaceChildren(icon("wall"), words.say("pairing.waiting-count", { count: walls.length }));
  };
  room.addEventListener("joined", look);
  setInterval(look, AGAIN);
}

/** @param {import("../core/follow.mjs").Screen} screen @param {HTMLElement} anchor @param {any[]} walls @param {string[]} rooms @param {() => void} again */
function open(screen, anchor, walls, rooms, again) {
  const { words } = screen;
  const { dialog, body } = openLayer(screen, anchor, words.say("admin.waiting"), "walls");
  for (const wall of walls) {
    const named = naming(words, wall, rooms);
    const answer = (/** @type {string} */ what, /** @type {string} */ look) => {
      const made = make("button", { type: "button", class: look }, words.say(`pairing.${what}`));
      made.addEventListener("click", async () => {
        try {
          const told = await ask(`api/pairing/${wall.code}/${what}`, what === "approve" ? named.value() : {});
          notify(screen, words.say(what === "approve" ? "pairing.approved" : "pairing.refused", { name: told.name }));
          dialog.close();
        } catch (error) {
          notify(screen, why(words, "pairing", error), { kind: "denied" });
        }
        again();
      });
      return made;
    };
    body.append(wallCard(words, wall, named.box, make("div", { class: "form-buttons" }, answer("approve", "button-main"), answer("refuse", "button-plain"))));
  }
}
