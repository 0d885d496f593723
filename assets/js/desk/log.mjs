/** One line of a case's log: when, what, who and why, what was said, what was shown. */

import { picture } from "../core/attachments.mjs";
import { make } from "../core/dom.mjs";

/** @param {any} step @param {import("../core/follow.mjs").Screen} screen */
export function stepLine(step, { words, clock }) {
  const now = clock.now();
  const reason = step.reason && step.reason !== "time-unknown" ? words.name("reason", step.reason) : "";
  const told = [
    step.card && words.name("card", step.card), step.receipt && words.name("receipt", step.receipt), step.wish && words.name("wish", step.wish),
    step.kind === "clock-lapsed" && words.name("lapse", step.stage), step.level && words.name("rung", step.level), words.field(step, "to_unit"), step.rating && words.say("case.stars", { n: step.rating }),
  ];
  const who = [words.field(step, "unit"), step.actor_zh || words.person(step.actor), reason, ...told].filter(Boolean).join(" · ");
  const until = step.until_at ?? step.resume_at;
  const due = step.due_at ? words.say("event.due", { time: words.when(step.due_at, now) }) : until ? words.say("log.until", { time: words.when(until, now) }) : "";
  const kind = make("span", { class: "step-kind", "data-kind": step.kind }, words.name("event", step.kind));
  const time = make("time", { class: "step-time", datetime: step.happened_at }, words.when(step.happened_at, now));
  const line = make("li", { class: "step" }, time, kind, make("span", { class: "step-who", title: who }, who), make("span", { class: "step-due" }, due));
  // a lapse notes the moment it was due by: for programs
  const note = step.kind === "clock-lapsed" ? "" : step.note;
  const names = Array.isArray(step.attachments) ? step.attachments : String(step.attachments ?? "").split(" ").filter(Boolean);
  if (note) line.append(make("p", { class: "step-note" }, note));
  if (names.length) line.append(make("div", { class: "step-files" }, ...names.map((name) => picture(name, words))));
  return line;
}
