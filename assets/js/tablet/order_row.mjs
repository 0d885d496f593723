/** One urge, card or directive: its words, how far it came, what came of it; settled by who wrote it. */

import { commandsOf } from "../command/command.mjs";
import { make } from "../core/dom.mjs";
import { notify } from "../room/notice.mjs";

const WAY = ["issued", "read", "replied", "settled"];

/** @param {any} one @param {import("../core/follow.mjs").Screen} screen @param {{open: boolean, settle: boolean}} may */
export function orderRow(one, screen, { open, settle }) {
  const { words, clock, selection } = screen;
  const now = clock.now();
  const kind = one.card ? words.say(`card.${one.card}`) : words.say(`order.${one.kind}`);
  const to = words.field(one, "unit") || words.person(one.to_user) || words.say("lead.centre");
  const row = make("article", { class: "led", "data-silent": one.is_silent ? "true" : null, "data-order": one.order_id });
  const due = one.due_at && !one.settled_at ? words.say("order.reply-by", { time: words.when(one.due_at, now) }) : "";
  row.append(
    make("p", { class: "led-head" }, make("b", {}, kind), make("span", {}, [to, due].filter(Boolean).join(" · ")), make("em", {}, words.say(one.is_silent ? "receipt.silent" : `receipt.${one.receipt}`))),
    ...(one.note ? [make("p", { class: "led-note" }, one.note)] : []),
    make("ol", { class: "led-way" }, ...WAY.map((step) => {
      const at = one[`${step}_at`];
      const by = { issued: one.issued_by, read: one.read_by, replied: one.replied_by, settled: one.settled_by }[step];
      return make("li", { "data-done": at ? "true" : null }, make("b", {}, words.say(`receipt.${step}`)), make("span", {}, at ? [words.when(at, now), words.person(by)].filter(Boolean).join(" ") : "—"));
    })),
  );
  if (one.reply) row.append(make("p", { class: "led-reply" }, words.say("order.replied", { who: words.person(one.replied_by), reply: one.reply })));
  const ways = make("div", { class: "led-ways" });
  if (open) {
    const came = one.closed_at ? words.say("lead.closed", { time: words.when(one.closed_at, now) }) : words.name("status", one.state);
    ways.append(make("span", { class: "led-came" }, [one.title || words.field(one, "category"), came].join(" · ")));
    const look = make("button", { type: "button", class: "button-quiet" }, words.say("tablet.see-case"));
    look.addEventListener("click", () => {
      /** @type {HTMLDialogElement|null} */ (look.closest("dialog"))?.close();
      selection.chooseCase(String(one.case_id));
    });
    ways.append(look);
  }
  if (settle && one.kind === "directed" && !one.settled_at) ways.append(settling(one, screen));
  if (ways.childElementCount) row.append(ways);
  return row;
}

/** @param {any} one @param {import("../core/follow.mjs").Screen} screen */
function settling(one, screen) {
  const { words } = screen;
  const button = make("button", { type: "button", class: "led-settle button-quiet" }, words.say("act.settle"));
  button.addEventListener("click", async () => {
    button.setAttribute("disabled", "");
    const { refusal } = await commandsOf(screen).give("settle", String(one.case_id), { order_id: one.order_id });
    const name = words.say("act.settle");
    if (refusal) {
      button.removeAttribute("disabled");
      notify(screen, words.say("act.said-refused", { act: name, reason: refusal.message }), { kind: "denied" });
    } else notify(screen, words.say("act.said-done", { act: name }));
  });
  return button;
}
