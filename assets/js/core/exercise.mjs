/** Exercise mode: a page that shows a drill says so over everything, keeps to it from screen to screen, and can be left. */

import { make } from "./dom.mjs";
import { EXERCISE } from "./page.mjs";

/** More than fill the widest wall at the size they have there. */
const MARKS = 120;

/** @typedef {import("./follow.mjs").Screen} Screen */

/** Mark a screen that shows an exercise. @param {Screen} screen */
export function exercise({ page, words }) {
  if (!EXERCISE) return;
  document.documentElement.dataset.exercise = "true";
  const said = words.say("exercise.mark");
  const marks = Array.from({ length: MARKS }, () => make("span", { "data-mark": said }));
  page.root.append(make("div", { class: "exercise-mark", "aria-hidden": "true" }, make("div", {}, ...marks)));
  badge(page.root, words);
  titled(words);
  document.addEventListener("click", stay, { capture: true });
}

/** The way into an exercise, or out of it. @param {import("./words.mjs").Words} words @returns {HTMLElement} */
export function exerciseWay(words) {
  return make("a", { href: turned(), class: "button-plain exercise-way", "data-turns": "true" }, words.say(EXERCISE ? "exercise.leave" : "exercise.enter"));
}

/** The address of this page on the other side; what was chosen here is not there. */
function turned() {
  const url = new URL(location.href);
  url.searchParams.delete("case");
  if (EXERCISE) url.searchParams.delete("exercise");
  else url.searchParams.set("exercise", "1");
  return url.href;
}

/** @param {HTMLElement} root @param {import("./words.mjs").Words} words */
function badge(root, words) {
  const told = make("a", { class: "badge badge-exercise", href: turned(), "data-turns": "true", title: words.say("exercise.here") },
    make("b", {}, words.say("exercise.mark")), make("span", {}, words.say("exercise.leave-short")));
  const beside = root.querySelector('[data-panel="replay-badge"]');
  if (beside) beside.before(told);
  else root.prepend(told);
}

/** The title of the page says it too, whatever it becomes. @param {import("./words.mjs").Words} words */
function titled(words) {
  const sign = words.say("exercise.title", { title: "" }).trim();
  const say = () => document.title.startsWith(sign) || (document.title = words.say("exercise.title", { title: document.title }));
  new MutationObserver(say).observe(document.head, { childList: true, subtree: true, characterData: true });
  say();
}

/** A link to another screen of ours stays in the exercise. @param {MouseEvent} event */
function stay(event) {
  const link = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (event.target).closest?.("a[href]"));
  if (!link || link.dataset.turns || link.hasAttribute("download") || link.origin !== location.origin) return;
  const url = new URL(link.href);
  url.searchParams.set("exercise", "1");
  link.href = url.href;
}
