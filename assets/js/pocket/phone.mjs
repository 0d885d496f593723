/** What all panels of the phone share: its hand, its position and its outbox, made once a screen. */

import { Hand } from "./hand.mjs";
import { Position } from "./position.mjs";
import { Sending } from "./sending.mjs";

/** @typedef {{hand: Hand, position: Position, sending: Sending, tab: (name: string) => void, say: (text: string) => void}} Phone */

/** @type {WeakMap<object, Phone>} */
const phones = new WeakMap();

/** @param {import("../core/follow.mjs").Screen} screen @returns {Phone} */
export function phone(screen) {
  let found = phones.get(screen);
  if (!found) {
    const { page, stream } = screen;
    found = {
      hand: new Hand(),
      position: new Position(),
      sending: new Sending(stream),
      tab: (name) => page.root.dispatchEvent(new CustomEvent("citybrain:tab", { detail: name })),
      say: (text) => say(page.root, text),
    };
    phones.set(screen, found);
    found.hand.addEventListener("change", () => begin(screen, found?.hand.me.areas ?? []));
    cover(page.root);
  }
  return found;
}

/**
 * A page that was kept for when there is no network begins with the city, an area remembered may be another's: what is
 * not this hand's own gives way to what is. @param {import("../core/follow.mjs").Screen} screen @param {string[]} areas
 */
async function begin({ geography, selection }, areas) {
  await geography.load();
  const own = geography.path(selection.area).some((id) => areas.includes(id));
  if (!own && areas.length) selection.chooseArea(areas[0]);
}

/** Say something for some seconds, to eyes and ears. @param {HTMLElement} root @param {string} text */
function say(root, text) {
  let toast = /** @type {HTMLElement|null} */ (root.querySelector(".toast"));
  if (!toast) {
    toast = Object.assign(document.createElement("p"), { className: "toast" });
    toast.setAttribute("role", "status");
    root.append(toast);
  }
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(Number(toast.dataset.timer));
  toast.dataset.timer = String(setTimeout(() => (toast.hidden = true), 6000));
}

/** What an open task or the form covers is out of reach, for keys and readers too. @param {HTMLElement} root */
function cover(root) {
  const narrow = matchMedia("(width < 600px)");
  const judge = () => {
    const covered = narrow.matches && Boolean(root.dataset.case || root.dataset.report);
    for (const part of root.querySelectorAll(".pocket-head, .pages, .tabs")) part.toggleAttribute("inert", covered);
  };
  new MutationObserver(judge).observe(root, { attributes: true, attributeFilter: ["data-case", "data-report"] });
  narrow.addEventListener("change", judge);
}
