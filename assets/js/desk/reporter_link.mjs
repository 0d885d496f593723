/** The link of who reported a case: a button for hands that may give it out, a square to photograph, an address to copy. */

import { make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { squareCode } from "../entrance/square.mjs";
import { openLayer } from "../room/layer.mjs";

const HANDS = ["duty_officer", "shift_lead", "dispatcher"];

/** Put the button into an element; for other hands nothing. @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export async function reporterLink(element, screen) {
  const answer = await fetch(address("api/me")).catch(() => null);
  const { roles = [] } = answer?.ok ? await answer.json() : {};
  if (!HANDS.some((role) => roles.includes(role))) return;
  const button = make("button", { type: "button", class: "reporter-link", "aria-haspopup": "dialog" }, screen.words.say("reporter-link.open"));
  button.addEventListener("click", () => screen.selection.case && show(screen, button, screen.selection.case));
  element.append(button);
}

/** @param {import("../core/follow.mjs").Screen} screen @param {HTMLElement} button @param {string} id */
async function show(screen, button, id) {
  const { words } = screen;
  const { body } = openLayer(screen, button, words.say("reporter-link.title"), "reporter");
  const said = make("p", { class: "reporter-link-said", role: "status" }, words.say("reporter-link.wait"));
  body.append(said);
  const language = words.language;
  const answer = await fetch(address(`api/v1/cases/${encodeURIComponent(id)}/reporter-link?lang=${language}`)).catch(() => null);
  const told = (await answer?.json().catch(() => null)) ?? {};
  if (!answer?.ok) return void write(said, told.message ?? words.say("reporter-link.failed"));
  write(said, words.say("reporter-link.until", { day: words.time("day", told.until) }));
  const url = `${told.url}?lang=${language}`;
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "text", readonly: true, value: url, "aria-label": words.say("reporter-link.title") }));
  const copy = make("button", { type: "button", class: "button-plain" }, words.say("reporter-link.copy"));
  copy.addEventListener("click", async () => {
    field.select();
    // without TLS there is no clipboard: what is selected can be copied by hand
    await navigator.clipboard?.writeText(url).then(() => write(copy, words.say("reporter-link.copied")), () => {});
  });
  body.prepend(make("div", { class: "reporter-link-square" }, squareCode(told.square, words.say("reporter-link.title"))));
  body.append(make("div", { class: "reporter-link-ways" }, field, copy));
}
