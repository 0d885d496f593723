/** The case in focus in words: what, where, its clock to the second, and its way from the report to the end. */

import { find, make, mark, write } from "../core/dom.mjs";
import { reading } from "../core/sla.mjs";
import { focusOf } from "./focus.mjs";
import { areaName, caseName, unitName } from "./names.mjs";

const ROW = 62;
/** An amber clock: less is left than this. */
const SOON = 30 * 60_000;
const OVER = new Set(["closed", "evaluated", "archived", "rejected", "merged", "void", "reopen_requested"]);

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function focusCase(panel, screen) {
  const focus = focusOf(screen);
  focus.listen(panel, () => named(panel, focus));
  screen.clock.everySecond(() => focus.row && counted(panel, focus));
}

/** @param {HTMLElement} panel @param {import("./focus.mjs").Focus} focus */
function named(panel, { row, steps, screen }) {
  const { words, geography } = screen;
  const urged = steps.some((step) => step.kind === "case-urged");
  const level = [words.name("urgency", row.urgency), words.name("priority", row.priority), urged ? words.name("event", "case-urged") : ""];
  const chip = find(panel, ".level-chip");
  mark(panel, "urgency", OVER.has(row.state) ? "done" : row.urgency);
  write(chip, OVER.has(row.state) ? words.name("status", row.state) : level.filter(Boolean).join(" · "));
  write(find(panel, ".focus-id"), `${String(row.case_id).split(":").pop()} · ${words.name("channel", row.channel)}`);
  write(find(panel, ".focus-title"), caseName(screen, row));
  const path = geography.path(row.area_id).slice(2).map((id) => areaName(screen, id));
  write(find(panel, ".focus-path"), path.join(" › "));
  counted(panel, /** @type {any} */ ({ row, steps, screen }));
}

/** @param {HTMLElement} panel @param {import("./focus.mjs").Focus} focus */
function counted(panel, { row, screen }) {
  const { words, clock } = screen;
  const now = clock.now();
  const done = OVER.has(row.state);
  const { digits, text, share } = reading(row, now, words);
  const left = row.due_at ? Date.parse(row.due_at) - now : Infinity;
  mark(panel, "clock", done ? "done" : left < 0 ? "over" : left <= SOON ? "soon" : "calm");
  mark(panel, "long", !done && (digits || text).length > 7 ? "" : null);
  write(find(panel, ".focus-clock"), done ? words.say("case.closed") : row.due_at ? digits || text : words.say("clock.none"));
  write(find(panel, ".focus-side"), done || !row.due_at ? "" : words.say(left < 0 ? "focus.over" : "focus.left"));
  const started = Date.parse(row.started_at ?? row.reported_at);
  const limit = row.due_at ? words.span(Date.parse(row.due_at) - started) : "";
  write(find(panel, ".focus-limit"), limit && !done ? words.say("focus.limit", { limit, used: words.span(Math.max(0, now - started)) }) : "");
  find(panel, ".bar-fill").style.transform = `scaleX(${share ?? 0})`;
}

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function focusSteps(panel, screen) {
  const focus = focusOf(screen);
  const show = () => focus.row && steps(panel, focus);
  focus.listen(panel, show);
  screen.page.root.addEventListener("arranged", show);
}

/** @param {HTMLElement} panel @param {import("./focus.mjs").Focus} focus */
function steps(panel, { row, steps: told, screen }) {
  const { words, clock } = screen;
  const unit = parseFloat(getComputedStyle(panel).getPropertyValue("--u")) || 1;
  const room = Math.max(3, Math.floor(panel.clientHeight / unit / ROW));
  const done = OVER.has(row.state);
  const ahead = done ? [] : [present(row, screen), ...future(row, words, clock)];
  const past = told.map((step) => event(step, screen));
  // the first step and the latest ones, where not all find room
  const shown = past.length + ahead.length > room ? [past[0], ...past.slice(past.length - (room - ahead.length - 1))] : past;
  find(panel, ".focus-list").replaceChildren(...shown, ...ahead);
  // half a name says less than none
  for (const who of panel.querySelectorAll(".focus-who")) if (who.scrollWidth > who.clientWidth) who.textContent = "";
}

/** @param {any} step @param {import("../core/follow.mjs").Screen} screen */
function event(step, screen) {
  const { words, clock } = screen;
  const kind = step.kind === "case-urged" ? "urged" : "done";
  return line(kind, words.when(step.happened_at, clock.now()), words.name("event", step.kind), unitName(screen, words.field(step, "unit")) || step.reason || "");
}

/** @param {any} row @param {import("../core/follow.mjs").Screen} screen */
function present(row, screen) {
  const { words, clock } = screen;
  return line("now", words.time("minute", clock.now()), words.name("status", row.state), unitName(screen, words.field(row, "unit")));
}

/** @param {any} row @param {import("../core/words.mjs").Words} words @param {import("../core/clock.mjs").Clock} clock */
function future(row, words, clock) {
  if (!row.due_at) return [];
  return [line("future", words.when(row.due_at, clock.now()), words.say("focus.due"), words.say("focus.then"))];
}

/** @param {string} kind @param {string} time @param {string} what @param {string} who */
function line(kind, time, what, who) {
  const parts = [["time", "focus-time", time], ["i", "focus-dot", ""], ["span", "focus-kind", what], ["span", "focus-who", who]];
  return make("li", { class: "focus-step", "data-kind": kind }, ...parts.map(([tag, name, text]) => make(tag, { class: name }, text)));
}
