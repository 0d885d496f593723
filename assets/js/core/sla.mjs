/** The clock of one case against its deadline. */

/** Beyond four days seconds tell nothing. */
const LONGEST = 96 * 3_600_000;
/** States in which a case's clock stands still. */
const STOPPED = ["suspended", "waiting_reporter"];

/**
 * @typedef {{urgency: string, side: string, text: string, digits: string, share: number|null, at: number}} Reading `at`: where its clock stands
 * @param {any} row @param {number} now @param {import("./words.mjs").Words} words @returns {Reading}
 */
export function reading(row, now, words) {
  const urgency = row.urgency ?? "open";
  if (!row.due_at) return { urgency, side: "", text: words.say("clock.none"), digits: "", share: null, at: now };
  const due = Date.parse(row.due_at);
  const stopped = STOPPED.includes(row.state);
  const at = stopped && row.suspended_at ? Date.parse(row.suspended_at) : now;
  const left = due - at;
  const side = words.say(stopped ? "clock.stopped" : left < 0 ? "clock.over" : "clock.left");
  const text = words.span(Math.abs(left));
  const digits = Math.abs(left) < LONGEST ? words.digits(Math.abs(left)) : text;
  const started = Date.parse(row.started_at ?? row.reported_at);
  const share = due > started ? Math.min(1, Math.max(0, (at - started) / (due - started))) : 1;
  return { urgency, side, text, digits, share, at };
}

/** Most pressing first; cases without a deadline last. @param {any} a @param {any} b */
export function byPressure(a, b) {
  const [x, y] = [a.due_at ?? "9", b.due_at ?? "9"];
  if (x !== y) return x < y ? -1 : 1;
  return a.case_id < b.case_id ? -1 : 1;
}

/** What a case is called. @param {any} row @param {import("./words.mjs").Words} words */
export function titleOf(row, words) {
  return row.title || words.field(row, "category") || words.say("case.no-title");
}
