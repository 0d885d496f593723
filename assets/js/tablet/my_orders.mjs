/** What this leader ordered: how many orders stand, how many were left unanswered; a sheet of all of them. */

import { mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { address } from "../core/page.mjs";
import { openSheet } from "../panels/sheet.mjs";
import { orderRow } from "./order_row.mjs";

/** @param {HTMLElement} button @param {import("../core/follow.mjs").Screen} screen */
export function myOrders(button, screen) {
  const { words } = screen;
  /** @type {any[]} */
  let rows = [];
  /** @type {string|null} */
  let user = null;
  /** @type {HTMLElement|null} */
  let open = null;
  const mine = () => rows.filter((row) => row.issued_by === user).sort(byNeed);
  const show = () => {
    const standing = mine().filter((row) => !row.settled_at);
    const silent = standing.filter((row) => row.is_silent).length;
    button.hidden = !mine().length;
    mark(button, "silent", silent ? "true" : null);
    write(button, words.say(silent ? "lead.mine-silent" : "lead.mine", { count: words.count(standing.length), silent: words.count(silent) }));
    if (open) fill(open);
  };
  const fill = (/** @type {HTMLElement} */ body) => body.replaceChildren(...mine().map((row) => orderRow(row, screen, { open: true, settle: true })));
  button.addEventListener("click", () => {
    const { body, dialog } = openSheet(screen, words.say("lead.ledger"), () => (open = null));
    dialog.classList.add("ledger");
    open = body;
    fill(body);
  });
  fetch(address("api/me")).then((answer) => (answer.ok ? answer.json() : null)).then((me) => {
    user = me?.user ?? null;
    show();
  }).catch(() => {});
  follow(button, screen, "orders_ledger", (channel) => {
    rows = [...channel.rows.values()];
    show();
  });
}

/** Unanswered first, then what stands, then what is settled; each the newest first. @param {any} a @param {any} b */
function byNeed(a, b) {
  const need = (/** @type {any} */ row) => (row.settled_at ? 2 : row.is_silent ? 0 : 1);
  return need(a) - need(b) || (a.issued_at < b.issued_at ? 1 : -1);
}
