/** What a phone does with a task: the next steps of each state first, and what each command asks for. */

import { stepsOf as waited } from "../command/fields.mjs";

/**
 * @typedef {{command: string, receipt?: string}} Step
 * @typedef {{field: string, label: string, values: (string|number)[], say: (words: import("../core/words.mjs").Words, value: any) => string}} Choice
 * @typedef {{note?: "must"|"may", files?: boolean, either?: boolean, reasons?: string[], wishes?: string[], until?: boolean, choices?: Choice[]}} Form
 * @typedef {{command: string, allowed: boolean, reason: string|null, values: any, roles: string[], message: string|null}} Ability
 */

const SITE_REASONS = ["site_not_ready", "material_on_order", "weather", "formal_procedure", "complex", "not_our_duty"];

/** @type {Choice[]} */
const JUDGED = [
  { field: "scale", label: "field.scale", values: ["individual", "group", "large_group"], say: (words, value) => words.name("scale", value) },
  { field: "warning_level", label: "field.warning_level", values: ["1", "2", "3"], say: (words, value) => words.name("warning_level", value) },
];
/** @param {string[]} values @returns {Choice[]} */
const ways = (values) => [{ field: "way", label: "field.way", values, say: (words, value) => words.name("way", value) }];

/** What each command of a phone asks for; the order is that of the list behind "more". @type {Record<string, Form>} */
export const FORMS = {
  verify: { note: "may", files: true },
  sign: {},
  finish: { note: "may", files: true, either: true },
  request_approval: { wishes: ["extend", "suspend", "return"], reasons: SITE_REASONS, until: true, note: "may" },
  ask_reporter: { note: "must" },
  return: { reasons: ["not_our_duty", "wrong_place", "needs_several_units"], note: "may" },
  check_pass: { note: "may", files: true },
  check_fail: { reasons: ["not_done", "remains_on_site", "evidence_missing", "done_elsewhere"], note: "may", files: true },
  triage: { choices: JUDGED, note: "may" },
  route: { choices: ways(["people", "administrative", "judicial", "arbitration", "petition", "ruling", "lawsuit"]), note: "may" },
  begin_mediation: {},
  hold_round: { note: "must", files: true },
  agree: { note: "must", files: true },
  perform: { note: "may", files: true },
  confirm: { note: "may", files: true },
  fail_mediation: { reasons: ["party_absent", "demands_apart", "party_withdrew"], note: "may" },
  guide_out: { choices: ways(["administrative", "judicial", "arbitration", "petition", "ruling", "lawsuit"]), note: "may" },
  follow_up: { choices: [{ field: "days", label: "field.days", values: [7, 30, 90], say: (words, days) => words.say("dispute.follow", { days }) }], note: "may" },
  relapse: { reasons: ["broke_out_again", "not_kept"], note: "may" },
  direct: { note: "must" },
  urge: { note: "may" },
  lead: {},
  comment: { note: "must" },
  attach: { files: true },
  void: { reasons: ["entered_by_mistake", "test_entry"], note: "may" },
};

const WAY = ["en_route", "on_site"];

/** The steps a task waits for: the first is the one expected now. @param {any} row @param {any} order the present dispatch @returns {Step[]} */
export function stepsOf(row, order) {
  const steps = waited(row).map((command) => ({ command }));
  const next = order && WAY.find((receipt) => !order[`${receipt}_at`]);
  const onTheWay = ["handling", "rework"].includes(row.state) && order && !order.on_site_at;
  return onTheWay ? [{ command: "receive", receipt: next }, { command: "finish" }] : steps;
}

/** @param {Step} step @param {import("../core/words.mjs").Words} words */
export function stepName({ command, receipt }, words) {
  return receipt ? words.say(`task.${receipt}`) : words.say(`act.${command}`);
}
