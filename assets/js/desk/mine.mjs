/** The cases that wait for whoever sits at this desk: what the server says this hand may do now. One a screen. */

import { follow } from "../core/follow.mjs";

/** @type {WeakMap<object, Mine>} */
const known = new WeakMap();

/** What waits for a screen's hand. @param {import("../core/follow.mjs").Screen} screen */
export function mineOf(screen) {
  const mine = known.get(screen) ?? new Mine();
  known.set(screen, mine);
  return mine;
}

/** Tells `change` when other cases wait, or one waits otherwise. */
export class Mine extends EventTarget {
  /** @type {any[]} */
  rows = [];

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  begin(panel, screen) {
    follow(panel, screen, "waiting", (channel) => {
      this.rows = [...channel.rows.values()];
      this.dispatchEvent(new Event("change"));
    });
  }
}
