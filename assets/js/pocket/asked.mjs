/** What is asked of this hand's unit and not answered: urges, cards, directives, the most pressing first. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { phone } from "./phone.mjs";

const MOST = 5;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function asked(panel, screen) {
  const { words, clock, selection } = screen;
  const { hand } = phone(screen);
  /** @type {any[]} */
  let rows = [];
  const list = new KeyedList(find(panel, ".asked-list"), create, update);
  const show = () => {
    const mine = rows.filter((row) => !row.replied_at && !row.settled_at && (hand.works(row.to_unit_id) || row.to_user === hand.me.user));
    mine.sort((a, b) => ((a.due_at ?? "9") < (b.due_at ?? "9") ? -1 : 1));
    panel.hidden = !mine.length;
    write(find(panel, ".asked-head"), words.say("pocket.asked", { count: words.count(mine.length) }));
    list.show(mine.slice(0, MOST).map((row) => [row.order_id, row]));
  };
  hand.addEventListener("change", show);
  follow(panel, screen, "orders_ledger", (channel) => {
    rows = [...channel.rows.values()];
    show();
  });

  function create() {
    const open = make("button", { type: "button", class: "asked-row" }, ...["asked-kind", "asked-note", "asked-due", "asked-case"].map((name) => make("span", { class: name })));
    open.addEventListener("click", () => selection.chooseCase(open.dataset.case ?? null));
    return make("li", {}, open);
  }

  /** @param {HTMLElement} node @param {any} row */
  function update(node, row) {
    const open = find(node, ".asked-row");
    mark(open, "case", String(row.case_id));
    mark(open, "card", row.card);
    mark(open, "silent", row.is_silent ? "true" : null);
    write(find(node, ".asked-kind"), row.card ? words.say(`card.${row.card}`) : words.say(`order.${row.kind}`));
    write(find(node, ".asked-note"), row.note ?? "");
    write(find(node, ".asked-due"), row.due_at ? words.say("order.reply-by", { time: words.when(row.due_at, clock.now()) }) : "");
    write(find(node, ".asked-case"), [row.title || words.field(row, "category"), words.field(row, "area")].filter(Boolean).join(" · "));
  }
}
