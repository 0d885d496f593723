/** Every clock of a case beside its own: the stage, the signature, the original deadline, the pause, the milestones. */

import { make } from "../core/dom.mjs";

const STOPPED = new Set(["closed", "evaluated", "archived", "rejected", "merged", "void"]);

/** @typedef {{key: string, name: string, at: string, done: string|null, plain?: boolean}} Clock */

/** @param {HTMLElement} list @param {any} row @param {any[]} log @param {import("../core/words.mjs").Words} words @param {Record<string, any>} stages names of milestones */
export function showClocks(list, row, log, words, stages) {
  const clocks = STOPPED.has(row.state) ? [] : [...stageClocks(row, words), ...milestones(log, words, stages)];
  list.hidden = clocks.length === 0;
  list.replaceChildren(...clocks.map(({ key, name, at, done, plain }) =>
    make("li", { class: "clock-row", "data-clock": key, "data-at": at, "data-done": done ?? false, "data-plain": plain ? "true" : false },
      make("span", { class: "clock-name" }, name), make("span", { class: "clock-at" }), make("span", { class: "clock-left" }))));
}

/** Say how long each has, or how far it is over. @param {HTMLElement} list @param {number} now @param {import("../core/words.mjs").Words} words */
export function tickClocks(list, now, words) {
  for (const element of /** @type {Iterable<HTMLElement>} */ (list.querySelectorAll(".clock-row"))) {
    const { at = "", done, plain } = element.dataset;
    const left = Date.parse(at) - Date.parse(done ?? new Date(now).toISOString());
    const text = plain ? "" : `${words.say(left < 0 ? "clock.over" : "clock.left")} ${words.span(Math.abs(left))}`;
    const [, when, remaining] = element.children;
    const shown = words.when(at, now);
    if (when.textContent !== shown) when.textContent = shown;
    const said = done ? words.say(left < 0 ? "clocks.late" : "clocks.done") : text;
    if (remaining.textContent !== said) remaining.textContent = said;
    element.dataset.side = plain ? "plain" : left < 0 ? "over" : "left";
  }
}

/** @param {any} row @param {import("../core/words.mjs").Words} words @returns {Clock[]} */
function stageClocks(row, words) {
  /** @type {(Clock|null)[]} */
  const found = [
    row.stage_due_at && { key: "stage", name: words.say("clocks.stage", { state: words.name("status", row.state) }), at: row.stage_due_at, done: null },
    row.state === "dispatched" && row.sign_due_at && row.sign_due_at !== row.stage_due_at && { key: "sign", name: words.say("clocks.sign"), at: row.sign_due_at, done: null },
    row.state === "suspended" && row.resume_at && { key: "resume", name: words.say("clocks.resume"), at: row.resume_at, done: null },
    row.original_due_at && row.due_at && row.original_due_at !== row.due_at && { key: "original", name: words.say("clocks.original"), at: row.original_due_at, done: null, plain: true },
  ];
  return /** @type {Clock[]} */ (found.filter(Boolean));
}

/** The stages of a staged limit, each reached or not. @param {any[]} log @param {import("../core/words.mjs").Words} words @param {Record<string, any>} stages @returns {Clock[]} */
function milestones(log, words, stages) {
  const filed = [...log].reverse().find((step) => step.stages);
  const pairs = String(filed?.stages ?? "").split(" ").filter(Boolean).map((pair) => pair.split("="));
  return pairs.map(([stage, at]) => {
    const reached = log.find((step) => step.kind === "milestone-reached" && step.stage === stage);
    return { key: "milestone", name: words.field(stages[stage] ?? {}, "name") || stage, at, done: reached?.happened_at ?? null };
  });
}
