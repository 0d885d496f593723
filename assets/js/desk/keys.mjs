/** The keys of the desk, in one table: what is pressed, what it does, what the help says. */

import { make } from "../core/dom.mjs";
import { up } from "../panels/path.mjs";
import { ROOM_KEYS } from "../room/keys.mjs";
import { filterOf } from "./filter.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {{keys: string[], shown: string[], words: string, act: (screen: Screen) => boolean}} Key */

/** @type {Key[]} */
export const KEYS = [
  { keys: ["j"], shown: ["J"], words: "keys.next", act: (screen) => step(screen, 1) },
  { keys: ["k"], shown: ["K"], words: "keys.previous", act: (screen) => step(screen, -1) },
  // a button opens by Enter by itself
  { keys: [], shown: ["Enter"], words: "keys.open", act: () => false },
  { keys: ["/"], shown: ["/"], words: "keys.search", act: ({ page }) => focus(page.root.querySelector("[data-filter]")) },
  { keys: ["Escape"], shown: ["Esc"], words: "keys.back", act: back },
  { keys: ["Backspace"], shown: ["Backspace"], words: "keys.up", act: rise },
  { keys: ["m"], shown: ["M"], words: "keys.unfold", act: unfold },
  { keys: ["r"], shown: ["R"], words: "keys.retry", act: retry },
  { keys: ["1"], shown: ["1"], words: "pane.queue", act: (screen) => pane(screen, "queue", ".queue") },
  { keys: ["2"], shown: ["2"], words: "pane.map", act: (screen) => pane(screen, "map", ".map-canvas canvas, .map-canvas") },
  { keys: ["3"], shown: ["3"], words: "pane.case", act: (screen) => pane(screen, "case", screen.selection.case ? ".drawer-body" : ".summary") },
  { keys: ["a"], shown: ["A"], words: "keys.act", act: (screen) => give(screen, "next") },
  { keys: ["d"], shown: ["D"], words: "keys.dispatch", act: (screen) => give(screen, "dispatch") },
  { keys: ["u"], shown: ["U"], words: "keys.urge", act: (screen) => give(screen, "urge") },
  { keys: ["c"], shown: ["C"], words: "keys.comment", act: (screen) => give(screen, "comment") },
  { keys: ["w"], shown: ["W"], words: "keys.mine", act: (screen) => tool(screen, "mine") },
  { keys: ["o"], shown: ["O"], words: "keys.ledger", act: (screen) => tool(screen, "ledger") },
  ...ROOM_KEYS,
  { keys: ["?"], shown: ["?"], words: "keys.help", act: help },
];

/** @param {HTMLElement} _ @param {Screen} screen */
export function keys(_, screen) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = /** @type {HTMLElement} */ (event.target).matches("input, textarea, select");
    if (document.querySelector("dialog[open]") || (typing && event.key !== "Escape")) return;
    const key = KEYS.find((one) => one.keys.includes(event.key) || one.keys.includes(event.key.toLowerCase()));
    if (key?.act(screen)) event.preventDefault();
  });
  screen.page.root.querySelector(".keys-open")?.addEventListener("click", () => help(screen));
}

/** @param {Screen} screen @param {1|-1} by */
function step({ page }, by) {
  return page.root.querySelector(".queue")?.dispatchEvent(new CustomEvent("step", { detail: by })) ?? false;
}

/** @param {Element|null|undefined} element */
function focus(element) {
  const target = /** @type {HTMLElement|null|undefined} */ (element);
  target?.focus();
  return Boolean(target);
}

/** Step back one layer: the words, the case, the filter. @param {Screen} screen */
function back(screen) {
  if (document.querySelector("[popover]:popover-open")) return false;
  const { selection, page } = screen;
  const input = /** @type {HTMLInputElement|null} */ (page.root.querySelector("[data-filter]"));
  const filter = filterOf(screen);
  if (document.activeElement === input) {
    if (input?.value) filter.want({ words: (input.value = "") });
    input?.blur();
  } else if (selection.case) {
    const id = selection.case;
    selection.chooseCase(null);
    focus(page.root.querySelector(`.case-row[data-case="${CSS.escape(id)}"]`));
  } else filter.clear();
  return true;
}

/** @param {Screen} screen */
function rise(screen) {
  up(screen);
  return true;
}

/** Unfold the group of the focused row, or fold it. @param {Screen} screen */
function unfold({ page }) {
  const group = document.activeElement?.closest(".group") ?? page.root.querySelector(".group[data-open]") ?? page.root.querySelector(".group:not([hidden])");
  const fold = /** @type {HTMLElement|null|undefined} */ (group?.querySelector(".fold:not([hidden])"));
  fold?.click();
  return Boolean(fold);
}

/** Ask again for what failed. @param {Screen} screen */
function retry(screen) {
  if (!screen.stream.open) screen.stream.reconnect();
  const failed = [...screen.page.root.querySelectorAll(".case-failed:not([hidden]), .hands-failed:not([hidden])")];
  for (const one of failed) one.closest("[data-panel]")?.dispatchEvent(new Event("retry"));
  return failed.length > 0 || !screen.stream.open;
}

/** @param {Screen} screen @param {string} name @param {string} selector */
function pane({ page }, name, selector) {
  page.root.querySelector(`[data-pane="${name}"]`)?.dispatchEvent(new Event("choose"));
  return focus(page.root.querySelector(selector));
}

/** Give a command about the open case, or begin its form. @param {Screen} screen @param {string} name */
function give({ page, selection }, name) {
  if (!selection.case) return false;
  return page.root.querySelector(".drawer")?.dispatchEvent(new CustomEvent("act", { detail: name })) ?? false;
}

/** @param {Screen} screen @param {string} name */
function tool({ page }, name) {
  return page.root.querySelector(".queue-tools")?.dispatchEvent(new CustomEvent("tool", { detail: name })) ?? false;
}

/** Show every key. @param {Screen} screen */
function help({ page, words }) {
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "keys-help", "aria-label": words.say("keys.title") }));
  const rows = KEYS.map(({ shown, words: said }) => [make("dt", {}, ...shown.map((key) => make("kbd", {}, key))), make("dd", {}, words.say(said))]);
  const close = make("button", { type: "button", class: "button-plain" }, words.say("action.close"), make("kbd", {}, "Esc"));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(make("h2", {}, words.say("keys.title")), make("dl", {}, ...rows.flat()), close);
  page.root.append(dialog);
  dialog.showModal();
  return true;
}
