/** Who a dispute is between: registered through a form; opened by its team, with a reason, for a minute and never longer. */

import { make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { openLayer } from "./layer.mjs";
import { coded, partiesForm } from "./parties_form.mjs";

const SHOWN_SECONDS = 60;
const REGISTERING = ["duty_officer", "mediator"];
const SHOWN = ["name", "id_type", "id_number", "sex", "nation", "education", "address", "phone"];
/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @type {Promise<any>|null} */
let myself = null;

function me() {
  myself ??= fetch(address("api/me")).then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
  return myself;
}

/** What this hand may do with the parties; nothing where it may do nothing. @param {any} row @param {Screen} screen */
export function partiesButtons(row, screen) {
  const place = make("div", { class: "act-row dispute-parties", hidden: true });
  me().then(({ user, roles = [] }) => {
    const ofTeam = Boolean(user) && [row.mediator, row.led_by].includes(user);
    const mayRegister = ofTeam || REGISTERING.some((role) => roles.includes(role));
    if (ofTeam) place.append(button("open", () => ask(row, screen), screen));
    if (mayRegister) place.append(button("register", () => partiesForm(row, screen), screen));
    place.hidden = !place.childElementCount;
  });
  return place;
}

/** @param {string} name @param {() => void} press @param {Screen} screen */
function button(name, press, { words }) {
  const made = make("button", { type: "button", class: "act", "data-parties": name, "aria-haspopup": "dialog" }, words.say(`parties.${name}`));
  made.addEventListener("click", press);
  return made;
}

/** @param {any} row @param {Screen} screen */
function ask(row, screen) {
  const { words } = screen;
  const { dialog, body } = openLayer(screen, "parties", words.say("parties.title"));
  const reason = /** @type {HTMLInputElement} */ (make("input", { class: "party-input", name: "reason", autocomplete: "off", maxlength: 200, required: true, "aria-label": words.say("parties.reason") }));
  const error = make("p", { class: "command-error", role: "alert", hidden: true });
  const form = make("form", { class: "parties-ask", novalidate: true }, make("p", { class: "parties-note" }, words.say("parties.will-note")), make("label", { class: "party-field" }, make("span", {}, words.say("parties.reason")), reason), error, make("div", { class: "act-row" }, make("button", { type: "submit", class: "act act-first" }, words.say("parties.open"))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = await opened(row.case_id, reason.value, screen);
    if (!dialog.open) return;
    if (told.parties) return show(dialog, body, told.parties, screen);
    write(error, told.message ?? words.say("parties.failed"));
    error.hidden = false;
  });
  form.addEventListener("keydown", (event) => event.stopPropagation());
  body.append(form);
  reason.focus();
}

/** @param {string} id @param {string} reason @param {Screen} screen @returns {Promise<{parties?: any[], message?: string}>} */
async function opened(id, reason, { page }) {
  const asked = new URLSearchParams({ reason, lang: page.language });
  const answer = await fetch(address(`api/v1/cases/${encodeURIComponent(id)}/parties?${asked}`), { cache: "no-store" }).catch(() => null);
  return answer ? answer.json().catch(() => ({})) : {};
}

/** Show them until the minute is over or the eye is elsewhere; then nothing of them is left in the page. @param {HTMLDialogElement} dialog @param {HTMLElement} body @param {any[]} parties @param {Screen} screen */
function show(dialog, body, parties, { words }) {
  const left = make("span", { class: "parties-left", role: "timer" });
  const people = parties.map((party) => make("dl", { class: "party" }, ...SHOWN.filter((name) => party[name]).flatMap((name) => [
    make("dt", {}, words.say(`party.${name}`)), make("dd", {}, coded(name, party[name], words)),
  ])));
  const empty = make("p", {}, words.say("parties.none"));
  body.replaceChildren(make("p", { class: "parties-note" }, words.say("parties.noted"), left), ...(people.length ? people : [empty]));
  let seconds = SHOWN_SECONDS;
  const tick = () => write(left, words.say("parties.left", { seconds }));
  const close = () => dialog.close();
  const hidden = () => document.hidden && close();
  const timer = setInterval(() => {
    seconds -= 1;
    if (seconds > 0) tick();
    else close();
  }, 1000);
  tick();
  addEventListener("blur", close);
  document.addEventListener("visibilitychange", hidden);
  dialog.addEventListener("close", () => {
    clearInterval(timer);
    removeEventListener("blur", close);
    document.removeEventListener("visibilitychange", hidden);
    body.replaceChildren();
  });
}
