/** One input for each field a command may ask for. */

import { make } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { DAYS, HOURS, momentField } from "./moments.mjs";
import { assistingField, mergeField, unitField } from "./units.mjs";

/** @typedef {import("./form.mjs").Asked} Asked @typedef {import("./form.mjs").Field} Field */

/** Days after which an agreement that was kept is looked at again. */
const VISITS = [7, 30, 90];
const LEVELS = ["city", "county", "township", "village", "grid"];
/** @type {Record<string, string>} */
const WARNING = { 1: "warning_level.1", 2: "warning_level.2", 3: "warning_level.3" };
let groups = 0;

/** Choices side by side, one of them taken. @param {string} label @param {{value: string, text: string}[]} choices @param {string} [taken] @returns {Field} */
function choice(label, choices, taken = "") {
  groups += 1;
  const name = `choice-${groups}`;
  const made = choices.map(({ value, text }) => make("label", { class: "command-choice" }, make("input", { type: "radio", name, value, checked: value === taken }), make("span", {}, text)));
  const element = make("div", { class: "command-choices", role: "radiogroup", "aria-label": label }, ...made);
  return { element, value: () => /** @type {HTMLInputElement|null} */ (element.querySelector("input:checked"))?.value ?? "" };
}

/** @param {Asked} asked @param {string} field @param {(value: string) => string} key of their words @param {string[]} values @param {string} [taken] */
function coded({ screen }, field, key, values, taken) {
  return choice(screen.words.say(`field.${field}`), values.map((value) => ({ value, text: screen.words.say(key(value)) })), taken);
}

/** @param {Asked} asked @param {string} field @returns {Field} */
function note({ screen, required }, field = "note") {
  const words = screen.words;
  const input = /** @type {HTMLTextAreaElement} */ (make("textarea", { class: "field-note", name: field, rows: 2, maxlength: 2000, "aria-label": words.say(`field.${field}`), placeholder: required ? words.say("command.note-must") : words.say("command.note") }));
  return { element: input, value: () => input.value.trim() };
}

/** A level above or below the case's. @param {Asked} asked @param {number} step @returns {Field} */
function level(asked, step) {
  const { row } = { row: asked.file.case };
  // a case without a level of its own is run by the centre of whoever acts
  const centre = asked.screen.geography.areas[asked.screen.selection.rootArea];
  const at = LEVELS.indexOf(row.level ?? centre?.level ?? "city");
  const values = step < 0 ? LEVELS.slice(0, at).reverse() : LEVELS.slice(at + 1);
  return { ...coded(asked, "level", (one) => `rung.${one}`, values, values[0]), name: "level" };
}

/** @param {Asked} asked @param {(order: any) => boolean} fits @returns {Field} */
function order(asked, fits) {
  const { screen, file } = asked;
  const { words, clock } = screen;
  const open = file.orders.filter((one) => !one.settled_at && fits(one));
  const text = (/** @type {any} */ one) => [words.name("order", one.kind), one.card && words.name("card", one.card), words.when(one.issued_at, clock.now()), words.person(one.issued_by), String(one.note ?? "").slice(0, 24)].filter(Boolean).join(" · ");
  return { ...choice(words.say("field.order"), open.map((one) => ({ value: one.order_id, text: text(one) })), open.at(-1)?.order_id), name: "order_id" };
}

/** @param {Asked} asked @returns {Field} */
function category({ screen, file, required }) {
  const { words } = screen;
  const select = /** @type {HTMLSelectElement} */ (make("select", { class: "field-select", name: "category", "aria-label": words.say("field.category") }));
  const own = words.field(file.case, "category");
  if (!required) select.append(make("option", { value: "" }, own || words.say("unknown")));
  fetch(address("api/reports/form")).then((answer) => answer.json()).then((form) => {
    const name = (/** @type {any} */ one) => words.field(one, "name");
    for (const group of form.groups ?? []) {
      const of = form.categories.filter((/** @type {any} */ one) => one.group === group.id);
      select.append(make("optgroup", { label: name(group) }, ...of.map((/** @type {any} */ one) => make("option", { value: one.id }, name(one)))));
    }
  }).catch(() => {});
  return { element: select, value: () => select.value };
}

/** @param {Asked} asked @returns {Field} */
function attachments({ screen }) {
  const element = make("div", { class: "field-files" });
  /** @type {any} */
  let field = null;
  import("../core/attachments_field.mjs").then(({ attachmentsField }) => (field = attachmentsField(element, screen, { place: false })));
  return { element, value: () => field?.names ?? [], waits: () => Boolean(field?.sending) };
}

/** @param {Asked} asked @returns {Field} */
function milestone({ screen, file, known }) {
  const filed = [...file.timeline].reverse().find(({ stages }) => stages);
  const reached = new Set(file.timeline.filter(({ kind }) => kind === "milestone-reached").map(({ stage }) => stage));
  const stages = String(filed?.stages ?? "").split(" ").filter(Boolean).map((pair) => pair.split("=")[0]);
  const open = stages.filter((stage) => !reached.has(stage));
  return { ...choice(screen.words.say("field.milestone"), open.map((stage) => ({ value: stage, text: screen.words.field(known.stages?.[stage] ?? {}, "name") || stage })), open[0]), name: "stage" };
}

/** Which of the visits after a dispute this is: the next that nobody made. @param {Asked} asked @returns {Field} */
function visit({ screen, file }) {
  const from = file.timeline.findLastIndex(({ kind }) => kind === "agreement-performed");
  const made = new Set(file.timeline.slice(from + 1).filter(({ kind }) => kind === "follow-up-made").map(({ stage }) => String(stage)));
  const open = VISITS.filter((days) => !made.has(String(days)));
  const choices = (open.length ? open : VISITS).map((n) => ({ value: String(n), text: screen.words.say("clock.day", { d: n }) }));
  return choice(screen.words.say("field.days"), choices, choices[0].value);
}

/** @param {Asked} asked @param {string} name @param {number[]} spans @returns {Field} */
function moment({ screen, file, command }, name, spans) {
  const { row } = { row: file.case };
  const now = screen.clock.now();
  const from = command === "extend" && row.due_at ? Math.max(now, Date.parse(row.due_at)) : now;
  return momentField(screen, { name, label: screen.words.say(`field.${name}`), spans, from, value: row.asked ? row.asked_until_at : null });
}

/** @type {Record<string, (asked: Asked) => Field>} */
export const INPUTS = {
  note: (asked) => note(asked),
  reason: (asked) => coded(asked, "reason", (one) => `reason.${one}`, asked.known.reasons),
  category, attachments, milestone,
  priority: (asked) => coded(asked, "priority", (one) => `priority.${one}`, ["urgent", "high", "normal"], asked.file.case.priority ?? undefined),
  wish: (asked) => coded(asked, "wish", (one) => `wish.${one}`, ["extend", "suspend", "return"]),
  until_at: (asked) => moment(asked, "until_at", DAYS),
  reply_due_at: (asked) => moment(asked, "reply_due_at", HOURS),
  receipt: (asked) => coded(asked, "receipt", (one) => `receipt.${one}`, ["delivered", "read", "en_route", "on_site"]),
  card: (asked) => coded(asked, "card", (one) => `card.${one}`, ["plain", "yellow", "red"], "plain"),
  rating: (asked) => ({ ...choice(asked.screen.words.say("field.rating"), [1, 2, 3, 4, 5].map((n) => ({ value: String(n), text: "★".repeat(n) }))), }),
  stage: (asked) => coded(asked, "stage", (one) => `attachment.${one}`, ["before", "after"]),
  level_up: (asked) => level(asked, -1),
  level_down: (asked) => level(asked, 1),
  scale: (asked) => coded(asked, "scale", (one) => `scale.${one}`, ["individual", "group", "large_group"]),
  warning_level: (asked) => coded(asked, "warning_level", (one) => WARNING[one], ["1", "2", "3"]),
  way: (asked) => coded(asked, "way", (one) => `way.${one}`, ["people", "administrative", "judicial", "arbitration", "petition", "ruling", "lawsuit"]),
  days: visit,
  order: (asked) => order(asked, ({ kind }) => kind !== "dispatch"),
  card_order: (asked) => order(asked, ({ kind }) => kind === "supervised"),
  directive_order: (asked) => order(asked, ({ kind }) => kind === "directed"),
  unit_id: (asked) => unitField(asked, "unit_id"),
  to_unit_id: (asked) => unitField(asked, "to_unit_id"),
  assisting: assistingField,
  parent_id: mergeField,
};
for (const name of ["rating", "days"]) {
  const made = INPUTS[name];
  INPUTS[name] = (asked) => {
    const field = made(asked);
    return { ...field, value: () => (field.value() ? Number(field.value()) : "") };
  };
}
