/** What each command asks for, in one table: `!` marks what must be filled in; and the steps a state waits for. */

/** Commands by the name of their fields; a command that is not here asks for a note alone. @type {Record<string, string>} */
export const FIELDS = {
  ask_verify: "note", verify: "note attachments", accept: "category priority note", reject: "reason! note",
  appeal: "reason! note attachments", uphold_appeal: "note", dismiss_appeal: "reason! note", merge: "parent_id! note",
  dispatch: "unit_id! assisting note", sign: "", return: "reason! note", recall: "reason! note", receive: "receipt!",
  reach_milestone: "milestone! note attachments", request_approval: "wish! reason! until_at note", refuse_request: "reason! note",
  suspend: "reason! until_at! note", resume: "note", extend: "reason! until_at! note", ask_reporter: "note!", answer: "note attachments",
  finish: "note attachments", check_pass: "note attachments", check_fail: "reason! note attachments", close: "note",
  escalate: "reason! level_up note", send_down: "reason! level_down note", recategorise: "category! reason! priority note",
  request_reopen: "reason! note attachments", refuse_reopen: "reason! note", reopen: "reason! note", rate: "rating! note",
  recheck_pass: "note attachments", recheck_fail: "reason! note attachments", evaluate: "note", archive: "", urge: "note",
  supervise: "card! note! reply_due_at", lift: "card_order! note", direct: "note! to_unit_id reply_due_at", settle: "directive_order! note",
  reply: "order! note! attachments", lead: "note", comment: "note! attachments", attach: "stage attachments!", void: "reason! note",
  triage: "scale! warning_level! note", route: "way! note", begin_mediation: "note", hold_round: "note! attachments", agree: "note! attachments",
  perform: "note attachments", confirm: "note attachments", fail_mediation: "reason! note", guide_out: "way! note", follow_up: "days! note",
  relapse: "reason! note",
};

/** What the clock, other systems and draws alone give. */
export const NOT_BY_HAND = new Set(["lapse", "record", "draw_recheck"]);

/** What a state waits for, the first first. @type {Record<string, string[]>} */
const STEPS = {
  reported: ["accept", "ask_verify", "reject"], verifying: ["verify", "accept", "reject"], rejected: ["uphold_appeal", "dismiss_appeal", "appeal"],
  filed: ["dispatch", "escalate", "send_down"], dispatched: ["sign", "return", "recall"], handling: ["finish", "request_approval", "suspend"],
  rework: ["finish", "request_approval", "recall"], suspended: ["resume", "urge", "comment"], waiting_reporter: ["answer", "urge", "comment"],
  handled: ["check_pass", "check_fail", "comment"], closed: ["evaluate", "reopen", "request_reopen"], evaluated: ["archive", "request_reopen", "comment"],
  reopen_requested: ["reopen", "refuse_reopen", "comment"],
};
/** What a stage of a dispute waits for, beside what the state of its case does. @type {Record<string, string[]>} */
const MEDIATION = {
  registered: ["triage"], triaged: ["route"], routed: ["begin_mediation"], mediating: ["agree", "hold_round", "fail_mediation"], agreed: ["perform", "fail_mediation"],
  performed: ["follow_up", "confirm", "relapse"], confirmed: ["follow_up", "relapse"], failed: ["guide_out"],
};
/** States in which a case is not yet, or no longer, its mediator's. */
const BEFORE = new Set(["reported", "verifying"]);
/** What grants what a unit asked for. @type {Record<string, string>} */
const GRANTS = { extend: "extend", suspend: "suspend", return: "recall" };

/** The steps a case waits for now. @param {any} row */
export function stepsOf(row) {
  const steps = stateSteps(row);
  const mediation = row.dispute_stage === "mediating" && !row.mediation_rounds ? ["hold_round", "agree", "fail_mediation"] : (MEDIATION[row.dispute_stage] ?? []);
  if (row.asked || BEFORE.has(row.state)) return [...steps, ...mediation];
  // a grave dispute first needs a leader who takes it on; one that is handled is checked before it is visited
  const lead = row.dispute_stage === "routed" && row.warning_level === "1" && !row.led_by ? ["lead"] : [];
  if (row.state === "handled") return [...steps.filter((name) => name !== "comment"), ...mediation, "comment"];
  return [...lead, ...mediation, ...steps];
}

/** @param {any} row */
function stateSteps(row) {
  if (row.asked && GRANTS[row.asked]) return [GRANTS[row.asked], "refuse_request", ...(STEPS[row.state] ?? []).slice(0, 1)];
  if (row.state === "handled" && row.is_checked) return ["close", "comment"];
  if (row.is_drawn && ["closed", "evaluated"].includes(row.state)) return ["recheck_pass", "recheck_fail", ...STEPS[row.state].slice(0, 1)];
  return STEPS[row.state] ?? ["comment"];
}

/** @type {Record<string, (file: {case: any, timeline: any[], orders: any[]}) => unknown>} what a command needs there to be before it means anything */
const GROUNDS = {
  lift: ({ orders }) => orders.some(({ kind, settled_at: settled }) => kind === "supervised" && !settled),
  settle: ({ orders }) => orders.some(({ kind, settled_at: settled }) => kind === "directed" && !settled),
  reply: ({ orders }) => orders.some(({ kind, settled_at: settled }) => kind !== "dispatch" && !settled),
  refuse_request: ({ case: row }) => row.asked,
  recheck_pass: ({ case: row }) => row.is_drawn,
  recheck_fail: ({ case: row }) => row.is_drawn,
  reach_milestone: ({ timeline }) => timeline.some(({ stages }) => stages),
};

/** Whether a command means anything for a case as it stands. @param {string} command @param {any} file */
export function hasGround(command, file) {
  return !NOT_BY_HAND.has(command) && Boolean(GROUNDS[command]?.(file) ?? true);
}
