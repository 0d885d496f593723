/** The page of a reporter's link: what became of the case, what is asked, and what the reporter says to it. */

import { attachmentsField } from "../core/attachments_field.mjs";
import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { opened, opening } from "./opening.mjs";

const AGAIN_MS = 60_000;
const THANKS_MS = 6_000;
const token = location.pathname.split("/r/")[1] ?? "";
const headers = { "citybrain-reporter": token, "citybrain-request": "1" };
const { root, words } = await opening();
const language = words.language;
/** What the forms were drawn for: they stay as they are while a person writes. */
let drawnFor = "";

/** @type {Record<string, (hand: any, told: any) => {parts: Node[], read: () => Record<string, any>, ready?: () => boolean}>} */
const FORMS = {
  answer: (_hand, told) => {
    const field = text("reporter.answer", true);
    const room = make("div", {});
    const files = attachmentsField(room, { words }, { headers, camera: true, place: false, most: 3 });
    const asked = make("div", { class: "reporter-asked" }, make("h2", {}, words.say("reporter.asked")), make("p", {}, told.asked ?? ""));
    return { parts: [asked, field, room], read: () => ({ note: said(field), attachments: files.names }), ready: () => !files.sending };
  },
  rate: () => {
    const field = text("reporter.rate-words", false);
    const choices = [5, 4, 3, 2, 1].map((value) =>
      make("label", { class: "reporter-choice" }, make("input", { type: "radio", name: "rating", value, required: true }), make("span", {}, words.say(`reporter.rating.${value}`))),
    );
    const group = make("fieldset", { class: "reporter-choices" }, make("legend", {}, words.say("reporter.rate")), ...choices);
    return { parts: [group, field], read: () => ({ rating: Number(chosen(group)), note: said(field) }) };
  },
  reason: (hand) => {
    const field = text("reporter.words", false);
    const choices = hand.reasons.map((/** @type {string} */ code) =>
      make("label", { class: "reporter-choice" }, make("input", { type: "radio", name: hand.command, value: code, required: true }), make("span", {}, words.name("reason", code))),
    );
    const group = make("fieldset", { class: "reporter-choices" }, make("legend", {}, words.say("reporter.why")), ...choices);
    return { parts: [group, field], read: () => ({ reason: chosen(group), note: said(field) }) };
  },
};

light();
languages();
await look();
setInterval(look, AGAIN_MS);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
opened();

/** Ask what became of the case, and show it. */
async function look() {
  const answer = await fetch(address(`api/v1/reporter?lang=${language}`), { headers }).catch(() => null);
  if (!answer) return fail(words.say("reporter.away"));
  if (!answer.ok) return fail(words.say("reporter.gone"));
  show(await answer.json());
}

/** @param {any} told */
function show(told) {
  const { case: one, steps } = told;
  write(find(root, ".reporter-what"), words.field(one, "category"));
  write(find(root, ".reporter-title"), one.title ?? "");
  write(find(root, ".reporter-state"), words.name("status", one.state));
  find(root, ".reporter-state").dataset.state = one.state;
  write(find(root, ".reporter-id"), words.say("reporter.id", { id: one.case_id }));
  const allowed = told.hands.filter((/** @type {any} */ hand) => hand.allowed);
  const key = JSON.stringify([one.state, one.rating, told.asked, allowed.map((/** @type {any} */ hand) => hand.command)]);
  if (key !== drawnFor) {
    drawnFor = key;
    find(root, ".reporter-hands").replaceChildren(...(one.rating ? [rated(one.rating)] : []), ...allowed.map((/** @type {any} */ hand) => form(hand, told)));
  }
  find(root, ".reporter-steps").replaceChildren(...steps.map(step).reverse());
}

/** @param {any} one */
function step(one) {
  const line = make("li", {}, make("b", {}, words.name("event", one.kind)), make("time", { datetime: one.happened_at }, words.time("moment", one.happened_at)));
  const unit = words.field(one, "unit");
  if (unit) line.append(make("span", {}, words.say("reporter.to-unit", { unit })));
  if (one.reason) line.append(make("span", {}, words.name("reason", one.reason)));
  return line;
}

/** @param {number} rating */
function rated(rating) {
  return make("p", { class: "reporter-rated" }, words.say("reporter.rated", { rating: words.name("reporter.rating", String(rating)) }));
}

/** One form a hand: something asked, a rating, a request. @param {any} hand @param {any} told */
function form(hand, told) {
  const made = /** @type {HTMLFormElement} */ (make("form", { class: `reporter-form reporter-${hand.command}` }));
  const send = make("button", { type: "submit", class: "button-main" }, words.say(`reporter.${hand.command}-send`));
  const { parts, read, ready } = FORMS[hand.command === "rate" || hand.command === "answer" ? hand.command : "reason"](hand, told);
  made.append(...parts, send);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (ready && !ready()) return;
    send.setAttribute("disabled", "");
    await command({ command: hand.command, case_id: told.case.case_id, ...read() });
    send.removeAttribute("disabled");
  });
  if (hand.command === "answer" || hand.command === "rate") return made;
  // what is rarely wanted stays folded
  return make("details", { class: "reporter-more" }, make("summary", {}, words.say(`reporter.${hand.command}`)), made);
}

/** @param {string} key @param {boolean} required */
function text(key, required) {
  return make("label", { class: "field" }, make("span", {}, words.say(key)), make("textarea", { rows: 3, maxlength: 1000, required }));
}

/** @param {HTMLElement} field */
function said(field) {
  return /** @type {HTMLTextAreaElement} */ (find(field, "textarea")).value.trim();
}

/** @param {HTMLElement} group */
function chosen(group) {
  return /** @type {HTMLInputElement} */ (find(group, "input:checked")).value;
}

/** Send a command by the door all hands use. @param {Record<string, any>} told */
async function command(told) {
  fail("");
  const body = JSON.stringify({ id: identity(), ...told });
  const options = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
  const answer = await fetch(address(`api/v1/commands?lang=${language}`), options).catch(() => null);
  if (!answer) return fail(words.say("reporter.away"));
  const given = await answer.json().catch(() => ({}));
  if (!answer.ok) fail(given.message ?? words.say("reporter.gone"));
  else thank();
  await look();
}

function thank() {
  const line = find(root, ".reporter-thanks");
  write(line, words.say("reporter.thanks"));
  line.hidden = false;
  setTimeout(() => (line.hidden = true), THANKS_MS);
}

/** @param {string} why */
function fail(why) {
  const line = find(root, ".form-error");
  write(line, why);
  line.hidden = !why;
}

/** A name for a command that no other has; `randomUUID` is not there without TLS. */
function identity() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  [bytes[6], bytes[8]] = [(bytes[6] & 0x0f) | 0x40, (bytes[8] & 0x3f) | 0x80];
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The phone's own light, unless the address names one. */
function light() {
  if (new URLSearchParams(location.search).has("theme")) return;
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "deskDark" : "deskLight";
}

/** The other language, one touch away. */
function languages() {
  const other = language === "en" ? "zh" : "en";
  const place = new URL(location.href);
  place.searchParams.set("lang", other);
  find(root, ".reporter-language").append(make("a", { href: place.href, lang: other }, words.say("desk.language")));
}
