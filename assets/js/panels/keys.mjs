/** The keys of the desk: J K Enter, /, Backspace, Esc. */

import { up } from "./path.mjs";

/** @param {HTMLElement} root @param {import("../core/follow.mjs").Screen} screen */
export function keys(root, screen) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !act(event, root, screen)) return;
    event.preventDefault();
  });
}

/** @param {KeyboardEvent} event @param {HTMLElement} root @param {import("../core/follow.mjs").Screen} screen */
function act(event, root, screen) {
  const typing = /** @type {HTMLElement} */ (event.target).matches("input, textarea");
  if (event.key === "Escape") return back(root, screen);
  if (typing) return false;
  if (event.key === "j") return move(root, 1);
  if (event.key === "k") return move(root, -1);
  if (event.key === "/") return focus(root.querySelector("[data-filter]"));
  if (event.key !== "Backspace") return false;
  up(screen);
  return true;
}

/** Step back one layer: the case, then the filter. @param {HTMLElement} root @param {import("../core/follow.mjs").Screen} screen */
function back(root, screen) {
  if (document.querySelector("[popover]:popover-open")) return false;
  const input = /** @type {HTMLInputElement|null} */ (root.querySelector("[data-filter]"));
  if (screen.selection.case) screen.selection.chooseCase(null);
  else /** @type {HTMLElement|null} */ (root.querySelector(".queue-clear"))?.click();
  input?.blur();
  return true;
}

/** @param {HTMLElement} root @param {1|-1} step */
function move(root, step) {
  const rows = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".group:not([hidden]) .case-row")]);
  const active = /** @type {HTMLElement} */ (document.activeElement);
  const at = rows.includes(active) ? rows.indexOf(active) : rows.findIndex((row) => row.dataset.chosen);
  return focus(rows[Math.min(rows.length - 1, Math.max(0, at + step))]);
}

/** @param {Element|null|undefined} element */
function focus(element) {
  const target = /** @type {HTMLElement|null|undefined} */ (element);
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
  return Boolean(target);
}
