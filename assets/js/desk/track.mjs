/** The way of a case in six steps: which are done and when, which it stands in and for how long. */

import { find, mark, write } from "../core/dom.mjs";

const STEPS = {
  reported: ["case-reported"],
  filed: ["case-filed"],
  dispatched: ["case-dispatched", "mediation-begun"],
  handled: ["case-handled", "agreement-performed", "dispute-guided-out"],
  checked: ["check-passed"],
  closed: ["case-closed"],
};
/** The step a state waits in. */
const STANDS = {
  reported: "filed", verifying: "filed", filed: "dispatched", dispatched: "handled", handling: "handled", suspended: "handled",
  waiting_reporter: "handled", rework: "handled", handled: "checked",
};

/** @param {HTMLElement} panel @param {any} row @param {any[]} log @param {number} now @param {import("../core/words.mjs").Words} words @param {boolean} done */
export function showTrack(panel, row, log, now, words, done) {
  const names = Object.keys(STEPS);
  const last = (/** @type {string} */ name) => log.filter(({ kind }) => STEPS[/** @type {"reported"} */ (name)].includes(kind)).at(-1)?.happened_at ?? null;
  const passed = row.state === "handled" && (last("checked") ?? "") > (last("handled") ?? "");
  const stands = done ? "" : passed ? "closed" : (STANDS[/** @type {"reported"} */ (row.state)] ?? "");
  const at = stands ? names.indexOf(stands) : names.length;
  names.forEach((name, nth) => {
    const step = find(panel, `[data-track="${name}"]`);
    const moment = last(name);
    const state = nth === at ? "now" : nth < at && moment ? "done" : nth < at ? "passed" : "ahead";
    mark(step, "step", state);
    if (state === "now") step.setAttribute("aria-current", "step");
    else step.removeAttribute("aria-current");
    const since = [...log].reverse().find(({ kind }) => names.slice(0, nth).some((before) => STEPS[/** @type {"reported"} */ (before)].includes(kind)))?.happened_at;
    const time = state === "now" && since ? words.span(now - Date.parse(since)) : state === "done" ? words.when(moment, now) : words.say("unknown");
    write(find(step, ".track-time"), time);
  });
}
