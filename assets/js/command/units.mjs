/** Choosing units and cases: those suggested first, each with why and how much it carries. */

import { make } from "../core/dom.mjs";
import { told } from "../wall/nearby.mjs";

/** So many of those who are near are shown. */
const NEAREST = 3;

/** @typedef {import("./form.mjs").Asked} Asked @typedef {import("./form.mjs").Field} Field */

/** A unit: the suggested ones with their reasons, or any. @param {Asked} asked @param {string} name @returns {Field} */
export function unitField({ screen, suggestions, file }, name) {
  const { words } = screen;
  const list = make("div", { class: "unit-choices", role: "radiogroup", "aria-label": words.say("suggest.title") }, make("p", { class: "field-quiet" }, words.say("suggest.asking")));
  const select = /** @type {HTMLSelectElement} */ (make("select", { class: "field-select", "aria-label": words.say("suggest.any") }, make("option", { value: "" }, words.say("suggest.any"))));
  const near = make("div", { class: "near-hands", role: "group", "aria-label": words.say("hands.title"), hidden: true });
  const element = make("div", { class: "field-unit" }, list, select, near);
  let first = "";
  select.addEventListener("change", () => select.value && list.querySelectorAll("input").forEach((input) => (input.checked = false)));
  list.addEventListener("change", () => (select.value = ""));
  suggestions().then(({ units, all, hands }) => {
    if (name === "unit_id") nearHands(near, hands, screen);
    first = units[0]?.unit_id ?? "";
    list.replaceChildren(...units.map((unit, nth) => suggested(unit, nth === 0 && name === "unit_id", name, screen, Boolean(file.case.unit_id))));
    if (!units.length) list.replaceChildren(make("p", { class: "field-quiet" }, words.say("suggest.none")));
    select.append(...all.map((unit) => make("option", { value: unit.unit_id }, `${words.field(unit, "unit")} · ${carries(unit, words)}`)));
  }).catch(() => list.replaceChildren(make("p", { class: "field-quiet" }, words.say("suggest.failed"))));
  const value = () => /** @type {HTMLInputElement|null} */ (list.querySelector("input:checked"))?.value || select.value;
  return { element, value, more: () => (name === "unit_id" && first ? { suggested_unit_id: first } : {}) };
}

/** Who is near the place, how far and with how much on their hands; one that is pressed is named in the note. @param {HTMLElement} near @param {any[]} hands @param {import("../core/follow.mjs").Screen} screen */
function nearHands(near, hands, { words }) {
  near.hidden = !hands.length;
  const rows = hands.slice(0, NEAREST).map((one) => {
    const role = words.name("role", one.role);
    const load = one.open ? words.say("hands.load", { count: one.open }) : words.say("hands.free");
    const button = make("button", { type: "button", class: "near-hand", "data-hand": one.staff_id, title: words.say("suggest.name-hand") }, make("b", {}, one.name_zh), make("span", {}, [role, words.field(one, "area")].join(" · ")), make("span", { class: "near-far" }, [told(one.metres, words), load].join(" · ")));
    button.addEventListener("click", () => {
      const note = /** @type {HTMLTextAreaElement|null} */ (button.closest("form")?.querySelector("textarea") ?? null);
      if (!note) return;
      const named = words.say("suggest.hand-named", { name: one.name_zh, role, area: words.field(one, "area") });
      if (!note.value.includes(named)) note.value = [note.value.trim(), named].filter(Boolean).join(words.language === "zh" ? "；" : "; ");
      button.setAttribute("aria-pressed", "true");
    });
    return button;
  });
  near.replaceChildren(make("p", { class: "field-name" }, words.say("hands.title")), ...rows);
}

/** @param {any} unit @param {boolean} checked @param {string} name @param {import("../core/follow.mjs").Screen} screen @param {boolean} again */
function suggested(unit, checked, name, { words }, again) {
  const why = unit.why.map((/** @type {any} */ one) => words.say(`cause.${one.code}`, spoken(one.values, words))).join(words.language === "zh" ? "，" : "; ");
  const input = make("input", { type: "radio", name: `suggested-${name}`, value: unit.unit_id, checked: checked && !again });
  const far = unit.metres === null || unit.metres === undefined ? "" : told(unit.metres, words);
  return make("label", { class: "unit-choice" }, input,
    make("span", { class: "unit-who" }, make("b", {}, words.field(unit, "unit")), make("span", { class: "unit-load", "data-overdue": unit.overdue ? "true" : false }, [carries(unit, words), far].filter(Boolean).join(" · "))),
    make("span", { class: "unit-why" }, why));
}

/** @param {Record<string, any>} values @param {import("../core/words.mjs").Words} words */
function spoken(values, words) {
  const put = { ...values };
  for (const key of ["area", "category"]) if (values[`${key}_zh`]) put[key] = words.field(values, key);
  if (values.share !== undefined) put.share = Math.round(100 * values.share);
  return put;
}

/** @param {any} unit @param {import("../core/words.mjs").Words} words */
function carries(unit, words) {
  const open = words.say("suggest.open", { count: words.count(unit.open) });
  return unit.overdue ? `${open} · ${words.say("suggest.overdue", { count: words.count(unit.overdue) })}` : open;
}

/** Units that help. @param {Asked} asked @returns {Field} */
export function assistingField({ screen, suggestions }) {
  const { words } = screen;
  const chips = make("div", { class: "chips-chosen" });
  const select = /** @type {HTMLSelectElement} */ (make("select", { class: "field-select", "aria-label": words.say("field.assisting") }, make("option", { value: "" }, words.say("suggest.assisting"))));
  suggestions().then(({ all }) => select.append(...all.map((unit) => make("option", { value: unit.unit_id }, words.field(unit, "unit"))))).catch(() => {});
  select.addEventListener("change", () => {
    const { value, selectedOptions } = select;
    if (value && !chips.querySelector(`[data-unit="${CSS.escape(value)}"]`)) {
      const chip = make("button", { type: "button", class: "chip-chosen", "data-unit": value, "aria-label": words.say("desk.without", { what: selectedOptions[0].text }) }, selectedOptions[0].text, make("span", { "aria-hidden": "true" }, "×"));
      chip.addEventListener("click", () => chip.remove());
      chips.append(chip);
    }
    select.value = "";
  });
  const value = () => [...chips.querySelectorAll("[data-unit]")].map((chip) => /** @type {HTMLElement} */ (chip).dataset.unit);
  return { element: make("div", {}, chips, select), value };
}

/** The case to follow: one nearby of the same kind, or any by its number. @param {Asked} asked @returns {Field} */
export function mergeField({ screen, suggestions }) {
  const { words } = screen;
  const list = make("div", { class: "unit-choices", role: "radiogroup", "aria-label": words.say("suggest.similar") }, make("p", { class: "field-quiet" }, words.say("suggest.asking")));
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "text", class: "field-text", "aria-label": words.say("suggest.number"), placeholder: words.say("suggest.number"), autocomplete: "off" }));
  list.addEventListener("change", () => (input.value = ""));
  suggestions().then(({ similar }) => {
    const rows = similar.map((one) => make("label", { class: "unit-choice" }, make("input", { type: "radio", name: "similar", value: one.case_id }),
      make("span", { class: "unit-who" }, make("b", {}, words.field(one, "category")), make("span", { class: "unit-load" }, told(one.metres, words))),
      make("span", { class: "unit-why" }, [words.name("status", one.state), words.when(one.reported_at, screen.clock.now()), words.field(one, "unit")].filter(Boolean).join(" · "))));
    list.replaceChildren(...(rows.length ? rows : [make("p", { class: "field-quiet" }, words.say("suggest.no-similar"))]));
  }).catch(() => list.replaceChildren(make("p", { class: "field-quiet" }, words.say("suggest.failed"))));
  const value = () => input.value.trim() || (/** @type {HTMLInputElement|null} */ (list.querySelector("input:checked"))?.value ?? "");
  return { element: make("div", { class: "field-unit" }, list, input), value };
}
