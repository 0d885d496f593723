/** A leader's hand on a case: write a directive, take the lead, urge; on an open case and on a matter to decide. */

import { commandsOf } from "../command/command.mjs";
import { commandForm } from "../command/form.mjs";
import { find, make } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { titleOf } from "../core/sla.mjs";
import { openSheet } from "../panels/sheet.mjs";
import { notify } from "../room/notice.mjs";
import { orderRow } from "./order_row.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

const HAND = ["direct", "lead", "urge"];
const PHRASES = ["now", "together", "report", "redress"];
const SETTLE = 300;

/** The hand on the case that is open. @param {HTMLElement} panel @param {Screen} screen */
export function leading(panel, screen) {
  const { selection, stream } = screen;
  let [asked, timer] = [0, 0];
  let leave = () => {};
  const ask = async () => {
    const id = selection.case;
    const question = ++asked;
    const file = id ? await fileOf(id, screen) : null;
    if (question !== asked) return;
    panel.hidden = !file;
    if (file) show(panel, file, screen, ask);
  };
  const choose = () => {
    leave();
    panel.hidden = true;
    panel.replaceChildren();
    const id = selection.case;
    leave = id ? stream.subscribe("queue", selection.area, (_, change) => {
      if (change.full || !(change.drop.includes(id) || change.set.some((row) => String(row.case_id) === id))) return;
      clearTimeout(timer);
      timer = setTimeout(ask, SETTLE);
    }) : () => {};
    ask();
  };
  commandsOf(screen).addEventListener("receipt", () => ask());
  for (const what of ["case", "area"]) selection.addEventListener(what, choose);
  choose();
}

/** What may be done to the case of a matter, into an element. @param {HTMLElement} element @param {string} caseId @param {Screen} screen */
export async function leadMatter(element, caseId, screen) {
  if (element.dataset.of === caseId) return;
  element.dataset.of = caseId;
  const again = async () => {
    const file = await fileOf(caseId, screen);
    if (file && element.dataset.of === caseId) element.replaceChildren(...buttons(file, screen, again));
  };
  await again();
}

/** @param {string} id @param {Screen} screen */
async function fileOf(id, { words }) {
  const answer = await fetch(address(`api/v1/cases/${encodeURIComponent(id)}?lang=${words.language}`)).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** @param {HTMLElement} panel @param {any} file @param {Screen} screen @param {() => void} again */
function show(panel, file, screen, again) {
  const orders = file.orders.filter((/** @type {any} */ one) => one.kind !== "dispatch").reverse();
  const refused = file.commands.find((/** @type {any} */ one) => one.command === "direct" && !one.allowed);
  panel.replaceChildren(
    make("div", { class: "lead-row" }, ...buttons(file, screen, again)),
    ...(refused ? [make("p", { class: "lead-why" }, refused.message)] : []),
    ...orders.map((/** @type {any} */ one) => orderRow({ ...one, case_id: file.case.case_id }, screen, { open: false, settle: file.commands.some((/** @type {any} */ a) => a.command === "settle" && a.allowed) })),
  );
}

/** @param {any} file @param {Screen} screen @param {() => void} again */
function buttons(file, screen, again) {
  const { words } = screen;
  return HAND.map((command) => {
    const ability = file.commands.find((/** @type {any} */ one) => one.command === command);
    const led = command === "lead" && file.case.led_by;
    const button = make("button", { type: "button", class: command === "direct" ? "lead-act button-main" : "lead-act button-quiet", "data-command": command, title: ability?.message ?? null },
      words.say(`act.${command}`), ...(led ? [make("small", {}, words.person(file.case.led_by))] : []));
    if (ability?.allowed) button.addEventListener("click", () => (command === "direct" ? direct(file, screen, again) : give(command, file, screen, again)));
    else button.setAttribute("disabled", "");
    return button;
  });
}

/** @param {string} command @param {any} file @param {Screen} screen @param {() => void} again */
async function give(command, file, screen, again) {
  const { words } = screen;
  commandsOf(screen).saw(String(file.case.case_id), file.case.last_seq);
  const { refusal } = await commandsOf(screen).give(command, String(file.case.case_id), {}, file.case.state);
  const name = words.say(`act.${command}`);
  if (refusal) notify(screen, words.say("act.said-refused", { act: name, reason: refusal.message }), { kind: "denied" });
  else notify(screen, words.say("act.said-done", { act: name }));
  again();
}

/** Write a directive: quick phrases, words, whose it is, until when. @param {any} file @param {Screen} screen @param {() => void} again */
async function direct(file, screen, again) {
  const { words } = screen;
  commandsOf(screen).saw(String(file.case.case_id), file.case.last_seq);
  const { dialog, body } = openSheet(screen, words.say("lead.direct-title", { title: titleOf(file.case, words) }));
  dialog.classList.add("directive");
  const done = (/** @type {any} */ outcome) => {
    if (outcome.refusal) return;
    dialog.close();
    notify(screen, words.say("act.said-done", { act: words.say("act.direct") }));
    again();
  };
  const form = await commandForm(screen, "direct", file, { done, cancel: () => dialog.close() });
  const note = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const quick = PHRASES.map((phrase) => {
    const said = words.say(`lead.phrase.${phrase}`);
    const key = make("button", { type: "button", class: "lead-phrase" }, said);
    key.addEventListener("click", () => {
      note.value = [note.value.trim(), said].filter(Boolean).join(words.language === "zh" ? "；" : "; ");
      note.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return key;
  });
  find(form, ".field").before(make("div", { class: "lead-phrases", role: "group", "aria-label": words.say("lead.phrases") }, ...quick));
  body.append(form);
  searched(form, screen);
  note.focus();
}

/** Typing finds the unit among all. @param {HTMLElement} form @param {Screen} screen */
function searched(form, { words }) {
  const select = /** @type {HTMLSelectElement|null} */ (form.querySelector(".field-unit select"));
  if (!select) return;
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search", class: "field-text lead-search", placeholder: words.say("lead.find-unit"), "aria-label": words.say("lead.find-unit"), autocomplete: "off" }));
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = field.value.trim().toLowerCase();
    const found = wanted ? [...select.options].find((one) => one.value && one.text.toLowerCase().includes(wanted)) : select.options[0];
    for (const one of select.options) one.hidden = Boolean(wanted && one.value && !one.text.toLowerCase().includes(wanted));
    if (!found) return;
    select.value = found.value;
    select.dispatchEvent(new Event("change"));
  });
  select.before(field);
}
