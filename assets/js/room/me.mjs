/** Who looks, on a screen's bar: an initial that opens name, roles, scope, other screens and the way out. */

import { find, make } from "../core/dom.mjs";
import { exerciseWay } from "../core/exercise.mjs";
import { address } from "../core/page.mjs";
import { invite } from "./invite.mjs";
import { openLayer } from "./layer.mjs";
import { notifications } from "./notifications.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {HTMLElement} element @param {Screen} screen */
export async function meChip(element, screen) {
  const me = await fetch(address("api/me")).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  if (!me?.user || !me.sign_in) return;
  const { words, page } = screen;
  const name = me.name || me.user;
  const button = make("button", { type: "button", class: "me-open", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": words.say("me.chip", { name }), title: name }, [...name][0] ?? "?");
  button.addEventListener("click", () => open(screen, button, me));
  element.append(button);
  const bar = find(page.root, "header");
  (bar?.querySelector(".pocket-room") ?? bar?.querySelector(".status") ?? bar)?.append(element);
  element.hidden = false;
  if (me.seen_by) viewingAs(screen, name);
}

/** @param {Screen} screen @param {HTMLElement} anchor @param {any} me */
function open(screen, anchor, me) {
  const { words, page } = screen;
  const { dialog, body } = openLayer(screen, anchor, me.name || me.user, "me");
  const list = make("dl", { class: "me-facts" });
  const fact = (/** @type {string} */ key, /** @type {string} */ text) => text && list.append(make("dt", {}, words.say(key)), make("dd", {}, text));
  fact("me.roles", (me.roles ?? []).map((/** @type {string} */ role) => words.name("me.role", role)).join(" · "));
  fact("me.scope", areas(screen, me));
  fact("me.unit", me.unit ?? me.scope?.unit ?? "");
  const screens = (me.screens ?? []).filter((/** @type {string} */ name) => name.split("/").pop() !== page.name);
  const ways = make("nav", { class: "me-screens", "aria-label": words.say("me.screens") },
    ...screens.map((/** @type {string} */ name) => make("a", { href: address(`${name}?lang=${words.language}`), class: "button-plain" }, words.name("screen", name))));
  const out = make("button", { type: "button", class: "button-plain me-out" }, words.say("me.sign-out"));
  out.addEventListener("click", () => leave("api/sign-out", "sign-in"));
  const guest = make("button", { type: "button", class: "button-plain me-invite", hidden: !screen.room.may("push") }, words.say("join.invite"));
  guest.addEventListener("click", () => {
    dialog.close();
    invite(screen, anchor);
  });
  body.append(list, ways, ...(screen.room.may("approve_device") ? [codeOfWall(screen)] : []), notifications(screen), make("div", { class: "me-ways" }, guest, ...(me.capabilities?.includes("drill") ? [exerciseWay(words)] : []), out));
}

/** Where the code is typed that a waiting wall shows. @param {Screen} screen */
function codeOfWall({ words, page }) {
  const label = words.say("pairing.enter-code");
  const code = make("input", { name: "code", inputmode: "numeric", pattern: "\\d{6}", maxlength: "6", required: true, autocomplete: "off", placeholder: label, "aria-label": label });
  const form = make("form", { class: "me-wall", action: address("sign-in") }, code,
    make("input", { type: "hidden", name: "next", value: `/${page.name}` }),
    make("input", { type: "hidden", name: "lang", value: words.language }),
    make("button", { class: "button-plain" }, words.say("pairing.find")));
  form.addEventListener("keydown", (event) => event.stopPropagation());
  return form;
}

/** @param {Screen} screen @param {any} me */
function areas({ words, geography }, me) {
  const ids = me.areas ?? me.scope?.areas ?? [];
  return ids.map((/** @type {string} */ id) => words.field(geography.areas[id] ?? {}, "name") || id).join(" · ");
}

/** @param {Screen} screen @param {string} name */
function viewingAs({ words, page }, name) {
  const stop = make("button", { type: "button", class: "button-plain" }, words.say("me.stop-viewing"));
  stop.addEventListener("click", () => leave("api/view-as", "admin"));
  page.root.append(make("div", { class: "me-banner", role: "status" }, make("span", {}, words.say("me.viewing-as", { name })), stop));
}

/** @param {string} door @param {string} next */
async function leave(door, next) {
  await fetch(address(door), { method: "POST", headers: { "citybrain-request": "1", "content-type": "application/json" }, body: "{}" }).catch(() => null);
  location.assign(address(next));
}
