/** What somebody is told beyond their screens: by which way, of which kinds, and when not; folded away in their own dialog. */

import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";

const DOOR = "api/me/notifications";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** The part of the dialog; what it asks is asked when it is opened. @param {Screen} screen @returns {HTMLElement} */
export function notifications({ words }) {
  const form = /** @type {HTMLFormElement} */ (make("form", { class: "told-form" }));
  const part = make("details", { class: "told" }, make("summary", {}, words.say("told.title")), form);
  part.addEventListener("toggle", () => /** @type {HTMLDetailsElement} */ (part).open && !form.childElementCount && load(form, words));
  form.addEventListener("keydown", (event) => event.stopPropagation());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form, words);
  });
  return part;
}

/** @param {HTMLFormElement} form @param {import("../core/words.mjs").Words} words */
async function load(form, words) {
  const found = await fetch(address(`${DOOR}?lang=${words.language}`)).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  form.replaceChildren(...(found ? fields(found, words) : [make("p", { role: "status" }, words.say("told.away"))]));
}

/** @param {any} found @param {import("../core/words.mjs").Words} words @returns {HTMLElement[]} */
function fields({ wishes, kinds, mail }, words) {
  const labelled = (/** @type {string} */ name, /** @type {HTMLElement} */ field) => make("label", { class: "told-field" }, make("span", {}, words.say(`told.${name}`)), field);
  const text = (/** @type {string} */ name, /** @type {string} */ type) => labelled(name, make("input", { name, type, value: wishes[name], autocomplete: "off", maxlength: "300" }));
  const check = (/** @type {string} */ name, /** @type {string} */ value, /** @type {boolean} */ on, /** @type {string} */ words_) =>
    make("label", { class: "told-check" }, make("input", { type: "checkbox", name, value, checked: on }), make("span", {}, words_));
  const language = make("select", { name: "language" }, ...["zh", "en"].map((one) => make("option", { value: one, selected: wishes.language === one }, words.name("language", one))));
  const all = kinds.map((/** @type {string} */ kind) => check("kinds", kind, !wishes.kinds || wishes.kinds.includes(kind), words.name("event", kind)));
  const secret = make("p", { class: "told-secret", hidden: !wishes.secret }, words.say("told.secret"), make("code", {}, wishes.secret));
  return [
    ...(mail ? [text("email", "email")] : [make("p", { class: "told-note" }, words.say("told.no-mail"))]), text("webhook", "url"), secret,
    check("quiet", "on", wishes.quiet, words.say("told.quiet")),
    make("div", { class: "told-hours" }, text("quiet_from", "time"), text("quiet_until", "time")),
    make("p", { class: "told-note" }, words.say("told.quiet-note")), labelled("language", language),
    make("fieldset", { class: "told-kinds" }, make("legend", {}, words.say("told.kinds")), ...all),
    make("div", { class: "told-ways" }, make("p", { class: "told-state", role: "status" }), make("button", { class: "button-plain" }, words.say("told.save"))),
  ];
}

/** @param {HTMLFormElement} form @param {import("../core/words.mjs").Words} words */
async function save(form, words) {
  const given = new FormData(form);
  const boxes = form.querySelectorAll('[name="kinds"]');
  const chosen = given.getAll("kinds");
  const wished = {
    ...Object.fromEntries(["email", "webhook", "quiet_from", "quiet_until", "language"].filter((name) => given.has(name)).map((name) => [name, given.get(name)])),
    quiet: given.has("quiet"),
    kinds: chosen.length === boxes.length ? null : chosen,
  };
  const state = find(form, ".told-state");
  const answer = await fetch(address(DOOR), { method: "PUT", headers: { "citybrain-request": "1", "content-type": "application/json" }, body: JSON.stringify(wished) }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  if (!answer?.ok) return void write(state, words.say(`told.refused.${told?.refused === "email" || told?.refused === "webhook" ? told.refused : "other"}`));
  write(state, words.say("told.kept"));
  const secret = find(form, ".told-secret");
  secret.hidden = !told.wishes.secret;
  write(find(secret, "code"), told.wishes.secret);
}
