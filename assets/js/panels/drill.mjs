/** The way down and up on a touch screen: a swipe to the right or the browser's back closes what lies on top, else goes one area up. */

import { mark } from "../core/dom.mjs";
import { up } from "./path.mjs";
import { closeSheet } from "./sheet.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const SWIPE = { far: 90, flat: 0.5, quick: 600 };

/** The scrim behind a case, with all that goes back. @param {HTMLElement} scrim @param {Screen} screen */
export function drill(scrim, screen) {
  const { selection, page } = screen;
  scrim.addEventListener("click", () => selection.chooseCase(null));
  const cover = () => {
    scrim.hidden = !selection.case;
    const below = /** @type {HTMLElement} */ (page.root.querySelector(".tablet-page"));
    below.inert = Boolean(selection.case);
    if (selection.case) setTimeout(() => /** @type {HTMLElement} */ (page.root.querySelector(".case .case-close"))?.focus());
  };
  selection.addEventListener("case", cover);
  cover();
  swipes(page.root, () => back(screen));
  goingBack(screen);
}

/** The button that goes up; there is none at the top. @param {HTMLElement} button @param {Screen} screen */
export function upButton(button, screen) {
  const { selection, page } = screen;
  const show = () => {
    button.hidden = selection.area === selection.rootArea;
    mark(page.root, "drilled", button.hidden ? null : "true");
  };
  button.addEventListener("click", () => up(screen));
  selection.addEventListener("area", show);
  show();
}

/** Close what lies on top, else go one area up; false at the top. @param {Screen} screen */
function back(screen) {
  const { selection } = screen;
  if (closeSheet()) return true;
  if (selection.case) selection.chooseCase(null);
  else if (selection.area !== selection.rootArea) up(screen);
  else return false;
  return true;
}

/** @param {HTMLElement} root @param {() => void} act */
function swipes(root, act) {
  /** @type {{x: number, y: number, at: number}|null} */
  let begun = null;
  root.addEventListener("touchstart", (event) => {
    const [touch, ...more] = event.touches;
    // on the map a finger moves the map
    const free = !more.length && !(/** @type {Element} */ (event.target).closest(".map-canvas"));
    begun = free ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  }, { passive: true });
  root.addEventListener("touchend", (event) => {
    if (!begun || !event.changedTouches.length) return;
    const { clientX, clientY } = event.changedTouches[0];
    const [x, y] = [clientX - begun.x, clientY - begun.y];
    if (x > SWIPE.far && Math.abs(y) < SWIPE.flat * x && event.timeStamp - begun.at < SWIPE.quick) act();
    begun = null;
  }, { passive: true });
}

/** Keep one entry of the history in hand while there is a way back. @param {Screen} screen */
function goingBack(screen) {
  const { selection } = screen;
  const deep = () => Boolean(selection.case) || selection.area !== selection.rootArea || document.querySelector("dialog.board[open]") !== null;
  let held = Boolean(history.state?.citybrain);
  const hold = () => {
    if (held || !deep()) return;
    held = true;
    history.pushState({ citybrain: true }, "", location.href);
  };
  // the first script of the page hears of it before whoever would draw the page anew
  window.citybrain.returned = () => {
    held = false;
    back(screen);
    hold();
  };
  for (const what of ["area", "case"]) selection.addEventListener(what, hold);
  window.addEventListener("citybrain:sheet", hold);
  hold();
}
