/** How far the orders about a task came, and what is asked of its unit: urges, cards, directives, each with its clock. */

import { make } from "../core/dom.mjs";
import { picture } from "../core/attachments.mjs";

const WAY = ["issued", "delivered", "read", "signed", "en_route", "on_site"];

/**
 * @param {HTMLElement} element @param {any} found @param {import("../core/follow.mjs").Screen} screen
 * @param {{mayReply: boolean, reply: (order: any) => void}} hand
 */
export function showOrders(element, { orders, timeline }, screen, { mayReply, reply }) {
  const dispatch = orders.filter((/** @type {any} */ one) => one.kind === "dispatch").at(-1);
  const asked = orders.filter((/** @type {any} */ one) => one.kind !== "dispatch").reverse();
  element.replaceChildren(
    ...asked.map((/** @type {any} */ one) => order(one, screen, mayReply && !one.settled_at ? reply : null)),
    ...(dispatch ? [way(dispatch, screen)] : []),
    ...shown(timeline, screen),
  );
}

/** The steps of a dispatch, those that were taken with their times. @param {any} order @param {import("../core/follow.mjs").Screen} screen */
function way(order, { words, clock }) {
  const steps = WAY.map((name) => {
    const at = order[`${name}_at`];
    return make("li", { "data-done": at ? "true" : null }, make("b", {}, words.say(`receipt.${name}`)), make("span", {}, at ? words.when(at, clock.now()) : "—"));
  });
  return make("ol", { class: "order-way", "aria-label": words.say("order.dispatch") }, ...steps);
}

/** @param {any} one @param {import("../core/follow.mjs").Screen} screen @param {((order: any) => void)|null} reply */
function order(one, { words, clock }, reply) {
  const now = clock.now();
  const kind = one.card ? words.say(`card.${one.card}`) : words.say(`order.${one.kind}`);
  const due = one.due_at && !one.replied_at ? words.say("order.reply-by", { time: words.when(one.due_at, now) }) : "";
  const state = one.is_silent ? words.say("receipt.silent") : words.say(`receipt.${one.receipt}`);
  const head = make("p", { class: "order-head" }, make("b", { class: "order-kind" }, kind), make("span", {}, [words.person(one.issued_by), words.when(one.issued_at, now)].filter(Boolean).join(" · ")), make("em", { "data-silent": one.is_silent ? "true" : null }, state));
  const box = make("div", { class: "order-box", "data-kind": one.kind, "data-card": one.card }, head);
  if (one.note) box.append(make("p", { class: "order-note" }, one.note));
  if (one.reply) box.append(make("p", { class: "order-reply" }, words.say("order.replied", { who: words.person(one.replied_by), reply: one.reply })));
  if (due) box.append(make("p", { class: "order-due" }, due));
  if (reply) {
    const button = make("button", { type: "button", class: "order-answer button-plain" }, words.say("act.reply"));
    button.addEventListener("click", () => reply(one));
    box.append(button);
  }
  return box;
}

/** Photos and sound that belong to the task, by the step that brought them. @param {any[]} timeline @param {import("../core/follow.mjs").Screen} screen */
function shown(timeline, { words, clock }) {
  const files = timeline.filter((step) => step.attachments);
  if (!files.length) return [];
  const groups = files.map((step) => make("figure", { class: "order-files" },
    make("figcaption", {}, `${words.name("event", step.kind)} · ${words.when(step.happened_at, clock.now())}`),
    make("div", {}, ...step.attachments.split(" ").map((/** @type {string} */ name) => picture(name, words)))));
  return [make("div", { class: "order-pictures" }, ...groups)];
}
