/** Everybody in the room: what each looks at, since when, whether it follows; and, for who may, how its display does. */

import { KeyedList, make, mark, write } from "../core/dom.mjs";
import { exerciseWay } from "../core/exercise.mjs";
import { called } from "../link/person.mjs";
import { icon } from "./icons.mjs";
import { openLayer } from "./layer.mjs";
import { announce } from "./notice.mjs";
import { pageName } from "./scene.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {import("../link/room.mjs").Member} Member */

/** @param {Screen} screen @param {HTMLElement} anchor */
export function openMembers(screen, anchor) {
  const { room, words } = screen;
  const { dialog, body } = openLayer(screen, anchor, words.say("room.members"), "members");
  const list = make("ol", { class: "room-members" });
  body.append(list);
  // where nobody signs in there is no menu of one's own
  if (room.may("drill") && !screen.page.root.querySelector(".me-open")) body.append(exerciseWay(words));
  const rows = new KeyedList(list, () => row(screen), (node, member) => show(node, member, screen));
  const draw = () => rows.show(room.members.map((member) => [member.member, member]));
  const picture = (/** @type {Event} */ event) => thumbnail(list, /** @type {CustomEvent} */ (event).detail, screen);
  room.addEventListener("presence", draw);
  screen.stream.addEventListener("thumbnail", picture);
  const stop = screen.clock.everySecond(draw);
  dialog.addEventListener("close", () => {
    stop();
    room.removeEventListener("presence", draw);
    screen.stream.removeEventListener("thumbnail", picture);
  });
  draw();
}

/** @param {Screen} screen */
function row(screen) {
  const { room, words } = screen;
  const part = (/** @type {string} */ name, tag = "span") => make(tag, { class: `member-${name}` });
  const node = make("li", { class: "member" }, part("icon"), part("name", "b"), part("state"), part("look"), part("since"));
  const button = (/** @type {string} */ name, /** @type {() => void} */ act) => {
    const made = make("button", { type: "button", class: `member-${name} button-plain` });
    made.addEventListener("click", act);
    return made;
  };
  const watch = button("watch", () => room.watch(room.watched === node.dataset.member ? null : node.dataset.member ?? null));
  const once = button("once", () => matchOnce(screen, node.dataset.member ?? ""));
  write(once, words.say("room.once"));
  node.append(make("span", { class: "member-ways" }, watch, once));
  if (!room.may("presence")) return node;
  const want = button("want", () => screen.stream.send({ type: "want", what: "thumbnail", member: node.dataset.member }));
  write(want, words.say("room.thumbnail"));
  node.append(make("dl", { class: "member-health" }), make("span", { class: "member-picture" }, want));
  return node;
}

/** @param {HTMLElement} node @param {Member} member @param {Screen} screen */
function show(node, member, screen) {
  const { room, words, geography, clock } = screen;
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (node.querySelector(`.member-${name}`));
  if (node.dataset.member !== member.member) at("icon").replaceChildren(icon(member.screen));
  mark(node, "member", member.member);
  mark(node, "state", member.state);
  const mine = member.member === room.me?.member;
  write(at("name"), mine ? words.say("room.me", { name: called(member, words) }) : called(member, words));
  const state = member.state === "live" ? words.say(member.follow ? "room.follows" : "room.free") : words.say(`room.state.${member.state}`);
  write(at("state"), state);
  const area = words.field(geography.areas[member.area ?? ""] ?? {}, "name");
  write(at("look"), [area, member.screen === "wall" ? pageName(member.page, words) : ""].filter(Boolean).join(" · "));
  write(at("since"), member.since ? words.say("room.since", { time: words.when(member.since, clock.now()) }) : "");
  at("ways").hidden = mine;
  const watched = room.watched === member.member;
  at("watch").hidden = member.screen === "wall" || member.state === "silent";
  at("watch").setAttribute("aria-pressed", String(watched));
  write(at("watch"), words.say(watched ? "room.unwatch" : "room.watch"));
  at("once").hidden = !member.area && member.screen !== "wall";
  if (at("health")) health(at("health"), member, screen);
  if (at("want")) at("want").hidden = mine || member.state !== "live";
}

/** @param {HTMLElement} list @param {Member} member @param {Screen} screen */
function health(list, { health: facts, state }, { words }) {
  list.hidden = !facts;
  if (!facts) return;
  const number = (/** @type {any} */ value) => (typeof value === "number" ? words.count(value) : null);
  const told = {
    tick: facts.last_tick_at ? words.time("second", facts.last_tick_at) : null,
    build: facts.build ? String(facts.build).slice(0, 8) : null,
    frames: number(facts.frames_per_second),
    heap: typeof facts.heap_mb === "number" ? words.say("room.megabytes", { n: words.count(facts.heap_mb) }) : null,
    errors: number(facts.errors),
    socket: words.say(`room.state.${state}`),
  };
  const known = Object.entries(told).filter(([, value]) => value !== null);
  const text = JSON.stringify(known);
  if (list.dataset.told === text) return;
  list.dataset.told = text;
  list.replaceChildren(...known.map(([name, value]) => make("div", {}, make("dt", {}, words.say(`room.health.${name}`)), make("dd", { class: "value" }, value ?? ""))));
}

/** Look at what one member looks at, once, and stay free. @param {Screen} screen @param {string} id */
function matchOnce(screen, id) {
  const { room, selection, words } = screen;
  const member = room.members.find((one) => one.member === id);
  if (!member) return;
  if (member.screen === "wall") room.matchOnce();
  else if (member.area) selection.chooseArea(member.area);
  announce(words.say("room.matched", { name: called(member, words) }));
}

/** @param {HTMLElement} list @param {any} frame @param {Screen} screen */
function thumbnail(list, frame, { words }) {
  const node = list.querySelector(`[data-member="${CSS.escape(String(frame.member))}"] .member-picture`);
  if (!node || !String(frame.data).startsWith("data:image/")) return;
  node.querySelector("img")?.remove();
  node.append(make("img", { src: frame.data, alt: words.say("room.thumbnail") }));
}
