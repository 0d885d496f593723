/** Parts that several answers use: a note instead of an answer, a choice in a heading. */

import { find, make, mark, write } from "../core/dom.mjs";

/** A reason is for a person to read. */
const LONGEST = 160;

/** The newest question of a kind, by the plate it is for. @type {WeakMap<HTMLElement, Map<string, number>>} */
const newest = new WeakMap();

/**
 * Put an answer on a plate. The last one stays until it is there; where none comes, the plate says so and offers to try again.
 * @template T @param {HTMLElement} plate @param {import("./desk.mjs").Desk} desk @param {string} kind what of the plate is asked for
 * @param {() => Promise<T|null>} ask @param {(answer: T) => void} show
 */
export async function serve(plate, desk, kind, ask, show) {
  const note = find(plate, ".plate-note");
  const turns = newest.get(plate) ?? new Map();
  newest.set(plate, turns);
  const turn = (turns.get(kind) ?? 0) + 1;
  turns.set(kind, turn);
  mark(plate, "state", plate.dataset.served ? "waiting" : "loading");
  try {
    const answer = await ask();
    if (turns.get(kind) !== turn) return;
    if (answer !== null) {
      show(answer);
      mark(plate, "served", "true");
    }
    if (note.hidden || note.dataset.of === kind) {
      mark(plate, "state", null);
      note.hidden = true;
    }
  } catch (error) {
    if (turns.get(kind) === turn) fail(plate, note, desk, kind, String(/** @type {Error} */ (error).message));
  }
}

/** @param {HTMLElement} plate @param {HTMLElement} note @param {import("./desk.mjs").Desk} desk @param {string} kind @param {string} reason */
function fail(plate, note, desk, kind, reason) {
  mark(plate, "state", "failed");
  mark(note, "of", kind);
  const again = make("button", { type: "button", class: "text-link" }, desk.words.say("action.retry"));
  again.addEventListener("click", () => desk.question.dispatchEvent(new Event("change")));
  note.replaceChildren(desk.words.say("state.refused", { reason: reason.slice(0, LONGEST) }), " ", again);
  note.hidden = false;
}

/**
 * A heading whose subject can be chosen.
 * @param {HTMLElement} heading @param {string} says its label @param {string} title @param {[string, string][]} options @param {string} chosen @param {(value: string) => void} choose
 */
export function choice(heading, says, title, options, chosen, choose) {
  let select = /** @type {HTMLSelectElement|null} */ (heading.querySelector("select"));
  if (!select) {
    select = /** @type {HTMLSelectElement} */ (make("select", { class: "head-select", "aria-label": says }));
    heading.replaceChildren(make("span", { class: "head-title" }), make("span", { class: "head-mark", "aria-hidden": "true" }, "▾"), select);
  }
  select.onchange = () => choose(/** @type {HTMLSelectElement} */ (select).value);
  write(find(heading, ".head-title"), title);
  const told = JSON.stringify(options);
  if (select.dataset.told !== told) {
    select.dataset.told = told;
    select.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  }
  select.value = chosen;
}

/** Share of a range, for a left or a width. @param {number} value @param {number} low @param {number} high */
export function percent(value, low, high) {
  return `${(100 * Math.min(1, Math.max(0, (value - low) / (high - low || 1)))).toFixed(2)}%`;
}
