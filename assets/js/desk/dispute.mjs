/** A dispute's own part of its case: how far it came, how grave it is, who has it, when it is looked at again. */

import { make } from "../core/dom.mjs";
import { partiesButtons } from "./parties.mjs";

const DAY = 86_400_000;
const FOLLOW_UPS = [7, 30, 90];
const WAY = ["registered", "triaged", "routed", "mediating", "agreed", "performed"];
/** @type {Record<string, string>} the event that led to a stage */
const REACHED = {
  registered: "case-reported", triaged: "dispute-triaged", routed: "dispute-routed", mediating: "mediation-begun", agreed: "dispute-agreed",
  performed: "agreement-performed", confirmed: "agreement-confirmed", failed: "mediation-failed", guided_out: "dispute-guided-out",
};
/** @type {Record<string, string[]>} where a dispute's way is another one */
const OTHER = { confirmed: [...WAY, "confirmed"], failed: [...WAY.slice(0, 4), "failed"], guided_out: [...WAY.slice(0, 4), "failed", "guided_out"] };
/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** The stage of a dispute that events led to. @param {string[]} events */
export function stageAfter(events) {
  return Object.keys(REACHED).find((stage) => stage !== "registered" && events.includes(REACHED[stage])) ?? null;
}

/** @param {HTMLElement} section @param {any} row @param {any[]} steps @param {Screen} screen */
export function showDispute(section, row, steps, screen) {
  section.hidden = !row.dispute_stage;
  if (section.hidden) return section.replaceChildren();
  const after = row.dispute_stage === "routed" ? steps.slice(steps.findLastIndex(({ kind }) => kind === "dispute-relapsed") + 1) : steps;
  section.replaceChildren(head(row, screen), track(row, after, steps, screen), facts(row, screen), ...follow(row, steps, screen), partiesButtons(row, screen));
}

/** @param {any} row @param {Screen} screen */
function head(row, { words }) {
  const level = row.warning_level;
  const shape = make("i", { class: "dispute-shape", "aria-hidden": "true" });
  const chip = level ? [make("span", { class: "dispute-warning", "data-level": level }, shape, words.name("warning_level", level))] : [];
  return make("p", { class: "dispute-head" }, make("b", {}, words.say("dispute.label")), ...chip);
}

/** @param {any} row @param {any[]} after since it last began anew @param {any[]} steps @param {Screen} screen */
function track(row, after, steps, { words, clock }) {
  const stages = OTHER[row.dispute_stage] ?? WAY;
  const at = stages.indexOf(row.dispute_stage);
  return make("ol", { class: "order-track dispute-track" }, ...stages.map((stage, nth) => {
    const early = nth < WAY.indexOf("mediating") ? steps : after;
    const step = nth <= at ? early.findLast(({ kind }) => kind === REACHED[stage]) : null;
    const state = nth === at || step ? "done" : nth < at ? "passed" : "ahead";
    const time = step ? words.when(step.happened_at, clock.now()) : "";
    return make("li", { class: "order-step", "data-step": state, "aria-current": nth === at ? "step" : false }, make("span", { class: "order-name" }, words.name("dispute", stage)), make("time", { class: "order-time" }, time));
  }));
}

/** @param {any} row @param {Screen} screen */
function facts(row, { words }) {
  const missing = row.warning_level === "1" && !row.led_by;
  const told = /** @type {[string, string][]} */ ([
    ["scale", row.scale && words.name("scale", row.scale)],
    ["way", row.way && words.name("way", row.way)],
    ["mediator", row.mediator && words.colleague(row.mediator)],
    ["rounds", row.mediation_rounds > 0 && words.say("dispute.rounds-held", { count: row.mediation_rounds })],
    ["leader", (row.led_by && words.colleague(row.led_by)) || (missing && words.say("dispute.needs-leader"))],
  ]).filter(([, value]) => value);
  const pairs = told.flatMap(([name, value]) => [make("dt", {}, words.say(`dispute.${name}`)), make("dd", { "data-fact": name, "data-missing": name === "leader" && missing }, value)]);
  return make("dl", { class: "dispute-facts", hidden: !pairs.length }, ...pairs);
}

/** Visits after it was performed: made, due or overdue. @param {any} row @param {any[]} steps @param {Screen} screen */
function follow(row, steps, { words, clock }) {
  if (!["performed", "confirmed"].includes(row.dispute_stage)) return [];
  const now = clock.now();
  const from = steps.findLastIndex(({ kind }) => kind === "agreement-performed");
  const performed = Date.parse(steps[from]?.happened_at ?? row.handled_at);
  const visits = FOLLOW_UPS.map((days) => {
    const made = steps.find(({ kind, stage }, nth) => nth > from && kind === "follow-up-made" && String(stage) === String(days));
    const due = performed + days * DAY;
    const state = made ? "done" : due < now ? "over" : "due";
    const date = (/** @type {number|string} */ at) => words.time("day", at);
    const said = { done: () => words.say("dispute.follow-done", { time: date(made?.happened_at) }), over: () => words.say("dispute.follow-over", { span: words.span(now - due) }), due: () => words.say("dispute.follow-due", { time: date(due) }) }[state]();
    return make("li", { class: "dispute-visit", "data-visit": state }, make("i", { class: state === "over" ? "mark mark-overdue" : "visit-mark", "aria-hidden": "true" }), make("span", {}, words.say("dispute.follow", { days })), make("span", { class: "visit-when" }, said));
  });
  return [make("ul", { class: "dispute-visits" }, ...visits)];
}
