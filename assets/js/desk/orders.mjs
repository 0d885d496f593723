/** The orders about a case, each with how far it came and when; and what nobody answered. */

import { make } from "../core/dom.mjs";

/** @type {Record<string, [string, string][]>} the receipts an order of a kind goes through, each with its column */
const STEPS = {
  dispatch: [["issued", "issued_at"], ["delivered", "delivered_at"], ["read", "read_at"], ["signed", "signed_at"], ["en_route", "en_route_at"], ["on_site", "on_site_at"]],
  other: [["issued", "issued_at"], ["delivered", "delivered_at"], ["read", "read_at"], ["replied", "replied_at"], ["settled", "settled_at"]],
};

/** @param {HTMLElement} section @param {any[]} orders @param {import("../core/follow.mjs").Screen} screen */
export function showOrders(section, orders, screen) {
  section.hidden = orders.length === 0;
  // the newest is what counts now
  section.replaceChildren(...[...orders].reverse().map((order) => one(order, screen)));
}

/** @param {any} order @param {import("../core/follow.mjs").Screen} screen */
function one(order, { words, clock }) {
  const now = clock.now();
  const kind = order.card ? words.name("card", order.card) : words.name("order", order.kind);
  const to = [words.field(order, "unit"), words.person(order.to_user)].filter(Boolean).join(" · ");
  const silent = order.is_silent ? [make("span", { class: "order-silent" }, words.say("receipt.silent"))] : [];
  const due = order.due_at && !order.settled_at && !order.replied_at && !order.signed_at ? words.say("event.due", { time: words.when(order.due_at, now) }) : "";
  const head = make("p", { class: "order-head" }, make("b", {}, kind), make("span", { class: "order-to" }, [words.person(order.issued_by), to].filter(Boolean).join(" → ")), ...silent, make("span", { class: "order-due" }, due));
  const steps = STEPS[order.kind === "dispatch" ? "dispatch" : "other"];
  const at = Math.max(...steps.map(([, column], nth) => (order[column] ? nth : 0)));
  const track = make("ol", { class: "order-track" }, ...steps.map(([name, column], nth) => {
    const moment = order[column];
    const state = moment ? "done" : nth < at ? "passed" : "ahead";
    return make("li", { class: "order-step", "data-step": state }, make("span", { class: "order-name" }, words.say(`receipt.${name}`)), make("time", { class: "order-time" }, moment ? words.when(moment, now) : ""));
  }));
  const said = [order.note, order.reply && words.say("orders.reply", { by: words.person(order.replied_by), reply: order.reply })].filter(Boolean).map((text) => make("p", { class: "order-note" }, text));
  return make("article", { class: "order", "data-kind": order.kind, "data-silent": order.is_silent ? "true" : false }, head, track, ...said);
}

/** The family of a case: above, below, merged; each opens. @param {HTMLElement} section @param {any[]} family @param {import("../core/follow.mjs").Screen} screen */
export function showFamily(section, family, screen) {
  const { words, clock, selection } = screen;
  section.hidden = family.length === 0;
  section.replaceChildren(...family.map((kin) => {
    const name = [words.name("kinship", kin.kinship), words.name("bond", kin.bond)].join(" · ");
    const left = kin.due_at ? Date.parse(kin.due_at) - clock.now() : null;
    const time = kin.is_open && left !== null ? `${words.say(left < 0 ? "clock.over" : "clock.left")} ${words.span(Math.abs(left))}` : "";
    const button = make("button", { type: "button", class: "kin", "data-urgency": kin.urgency },
      make("span", { class: "kin-bond" }, name), make("b", { class: "kin-title" }, kin.title ?? String(kin.case_id).split(":").at(-1)),
      make("span", { class: "kin-state" }, [words.name("status", kin.state), kin.level && words.name("rung", kin.level), words.field(kin, "unit")].filter(Boolean).join(" · ")), make("span", { class: "kin-time" }, time));
    button.addEventListener("click", () => selection.chooseCase(String(kin.case_id)));
    return button;
  }));
}
