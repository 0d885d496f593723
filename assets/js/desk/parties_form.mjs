/** The form that registers who a dispute is between; what is typed leaves the page with the dialog. */

import { make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { openLayer } from "./layer.mjs";

/** @type {Record<string, {codes: string[], key: (code: string) => string}>} fields that are chosen, and where their words are */
const CODED = {
  id_type: { codes: ["identity_card", "passport", "organisation_code", "other"], key: (code) => `partyid.${code}` },
  sex: { codes: ["female", "male"], key: (code) => `partysex.${code}` },
};
const ORDER = ["name", "id_type", "id_number", "sex", "phone", "address", "nation", "education"];
const LEAST = 2;
/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** A field's value in words. @param {string} name @param {string} value @param {import("../core/words.mjs").Words} words */
export function coded(name, value, words) {
  return CODED[name] ? words.say(CODED[name].key(value)) : value;
}

/** @param {any} row @param {Screen} screen */
export function partiesForm(row, screen) {
  const { words } = screen;
  const { dialog, body } = openLayer(screen, "parties", words.say("parties.register"));
  const people = make("div", { class: "parties-people" });
  const error = make("p", { class: "command-error", role: "alert", hidden: true });
  const add = () => people.append(person(people, screen));
  const more = make("button", { type: "button", class: "act" }, words.say("parties.more"));
  const save = /** @type {HTMLButtonElement} */ (make("button", { type: "submit", class: "act act-first" }, words.say("parties.save")));
  const form = make("form", { class: "parties-form", novalidate: true }, make("p", { class: "parties-note" }, words.say("parties.replaces")), people, error, make("div", { class: "act-row" }, save, more));
  more.addEventListener("click", add);
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    save.disabled = true;
    const told = await register(row.case_id, filled(people), screen);
    save.disabled = false;
    error.hidden = Boolean(told.registered);
    write(error, told.message ?? words.say("parties.failed"));
    if (told.registered) body.replaceChildren(make("p", { role: "status" }, words.say("parties.saved", { count: told.registered })));
  });
  dialog.addEventListener("close", () => body.replaceChildren());
  for (let nth = 0; nth < LEAST; nth += 1) add();
  body.append(form);
  people.querySelector("input")?.focus();
}

/** @param {HTMLElement} people @param {Screen} screen */
function person(people, { words }) {
  const less = make("button", { type: "button", class: "act party-less" }, words.say("parties.less"));
  const box = make("fieldset", { class: "party-box" }, make("legend", {}, words.say("parties.one", { n: people.childElementCount + 1 })), ...ORDER.map((name) => {
    const must = name === "name" ? [make("span", { class: "field-must", "aria-hidden": "true" }, "*")] : [];
    return make("label", { class: "party-field", "data-field": name }, make("span", {}, words.say(`party.${name}`), ...must), input(name, words));
  }), less);
  less.addEventListener("click", () => people.childElementCount > 1 && box.remove());
  return box;
}

/** @param {string} name @param {import("../core/words.mjs").Words} words */
function input(name, words) {
  if (!CODED[name]) return make("input", { class: "party-input", name, maxlength: 120, autocomplete: "off", required: name === "name" });
  return make("select", { class: "party-input", name }, make("option", { value: "" }, ""), ...CODED[name].codes.map((code) => make("option", { value: code }, coded(name, code, words))));
}

/** The people whose name was typed; what was left empty is left out. @param {HTMLElement} people */
function filled(people) {
  const boxes = [...people.children].map((box) => [...box.querySelectorAll("input, select")].map((one) => {
    const { name, value } = /** @type {HTMLInputElement} */ (one);
    return [name, value.trim()];
  }));
  return boxes.filter((pairs) => pairs.some(([, value]) => value)).map((pairs) => Object.fromEntries(pairs.filter(([name, value]) => value || name === "name")));
}

/** @param {string} id @param {any[]} parties @param {Screen} screen @returns {Promise<{registered?: number, message?: string}>} */
async function register(id, parties, { page }) {
  const answer = await fetch(address(`api/v1/cases/${encodeURIComponent(id)}/parties?lang=${page.language}`), {
    method: "PUT", body: JSON.stringify({ parties }), headers: { "content-type": "application/json", "citybrain-request": "1" },
  }).catch(() => null);
  return answer ? answer.json().catch(() => ({})) : {};
}
