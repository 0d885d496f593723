/** What this hand may do to a case: the next step first, the rest behind a fold, each refusal with its reason. */

import { make } from "../core/dom.mjs";
import { hasGround, stepsOf } from "./fields.mjs";

const BESIDE = 2;
const PRESSING = ["direct", "lead", "supervise", "urge"];
/** A stage or a kind of case these do not belong to: nothing to say about them. */
const APART = new Set(["no_dispute", "wrong_stage"]);

/**
 * @typedef {{command: string, allowed: boolean, reason: string|null, values: Record<string, any>, roles: string[], message: string|null}} Ability
 */

/**
 * The buttons of a case into an element; `choose` hears which command was pressed.
 * @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen @param {{case: any, timeline: any[], orders: any[], commands: Ability[]}} file
 * @param {(name: string) => void} choose @param {{beside?: number}} [options]
 */
export function showAbilities(element, screen, file, choose, { beside = BESIDE } = {}) {
  const { words } = screen;
  const known = new Map(file.commands.map((ability) => [ability.command, ability]));
  const steps = stepsOf(file.case).filter((name) => known.has(name) && hasGround(name, file));
  const first = steps.find((name) => known.get(name)?.allowed) ?? steps[0];
  const may = (/** @type {string} */ name) => name !== first && known.get(name)?.allowed;
  // whose step it is not may press others to take it
  const next = (steps.some((name) => known.get(name)?.allowed) ? steps : PRESSING).filter(may).slice(0, beside);
  const shown = [first, ...next].filter(Boolean);
  const row = make("div", { class: "act-row" }, ...shown.map((name, nth) => pressed(known.get(name), nth === 0, words, choose)));
  const rest = file.commands.filter(({ command, reason }) => !shown.includes(command) && hasGround(command, file) && !APART.has(reason ?? ""));
  const more = make("button", { type: "button", class: "act act-more", "aria-expanded": "false" }, words.say("command.more"), make("span", { class: "act-mark", "aria-hidden": "true" }, "▾"));
  const list = make("div", { class: "act-list", hidden: true });
  more.addEventListener("click", () => {
    list.hidden = !list.hidden;
    more.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.childElementCount) fill(list, rest, words, choose);
  });
  row.append(more);
  const why = known.get(first ?? "");
  const said = why && !why.allowed ? [make("p", { class: "act-why" }, why.message ?? "")] : [];
  element.replaceChildren(row, ...said, list);
}

/** @param {Ability|undefined} ability @param {boolean} primary @param {import("../core/words.mjs").Words} words @param {(name: string) => void} choose */
function pressed(ability, primary, words, choose) {
  const { command, allowed } = /** @type {Ability} */ (ability);
  const button = make("button", { type: "button", class: primary ? "act act-first" : "act", "data-command": command, "aria-disabled": allowed ? false : "true" }, words.name("act", command));
  if (allowed) button.addEventListener("click", () => choose(command));
  return button;
}

/** What may be done, then what may not and whose it is. @param {HTMLElement} list @param {Ability[]} rest @param {import("../core/words.mjs").Words} words @param {(name: string) => void} choose */
function fill(list, rest, words, choose) {
  const may = rest.filter(({ allowed }) => allowed);
  const mayNot = rest.filter(({ allowed }) => !allowed);
  const allowed = make("div", { class: "act-all" }, ...may.map((ability) => pressed(ability, false, words, choose)));
  const rows = mayNot.map(({ command, message, roles }) =>
    make("li", { class: "act-not", "data-command": command },
      make("b", {}, words.name("act", command)),
      make("span", {}, message ?? ""),
      make("span", { class: "act-whose" }, words.say("command.whose", { roles: roles.map((role) => words.name("me.role", role)).join(words.language === "zh" ? "、" : ", ") }))));
  list.replaceChildren(allowed, make("h3", { class: "act-not-head" }, words.say("command.not-mine")), make("ul", { class: "act-nots" }, ...rows));
}
