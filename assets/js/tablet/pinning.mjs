/** A long press on a number, a place or a matter casts it to the wall. */

import { ask, notify } from "../room/notice.mjs";

const [LONG, STRAY, MINUTES] = [600, 12, 5];
const WHAT = "[data-metric], [data-area], [data-case]";

/** @param {import("../core/follow.mjs").Screen} screen */
export function pinning(screen) {
  const { root } = screen.page;
  if (root.dataset.pins) return;
  root.dataset.pins = "true";
  /** @type {{x: number, y: number, timer: number}|null} */
  let press = null;
  const end = () => {
    clearTimeout(press?.timer);
    press = null;
  };
  root.addEventListener("pointerdown", (event) => {
    end();
    const held = /** @type {HTMLElement|null} */ (/** @type {HTMLElement} */ (event.target).closest(WHAT));
    if (!held || held === root || held.closest("dialog") || !screen.room.may("push")) return;
    const timer = setTimeout(() => {
      end();
      swallow(root);
      pin(screen, held);
    }, LONG);
    press = { x: event.clientX, y: event.clientY, timer };
  });
  root.addEventListener("pointermove", ({ clientX, clientY }) => press && Math.hypot(clientX - press.x, clientY - press.y) > STRAY && end());
  for (const what of ["pointerup", "pointercancel", "scroll"]) root.addEventListener(what, end, { capture: true });
  root.addEventListener("contextmenu", (event) => press && event.preventDefault());
}

/** The press that cast something opens nothing. @param {HTMLElement} root */
function swallow(root) {
  const stop = (/** @type {Event} */ event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => root.removeEventListener("click", stop, { capture: true }), 1500);
}

/** @param {import("../core/follow.mjs").Screen} screen @param {HTMLElement} held */
async function pin(screen, { dataset }) {
  const { words, selection } = screen;
  const scene = dataset.case ? { page: "focus", case: dataset.case, area: selection.area, extent: null } : { page: "overview", case: null, area: dataset.area ?? selection.area, extent: null };
  if (!(await ask(screen, "push", { ...scene, minutes: MINUTES }))) return;
  notify(screen, words.say("tablet.pinned", { minutes: MINUTES }), { ways: [{ label: words.say("room.recall"), act: () => ask(screen, "recall") }] });
}
