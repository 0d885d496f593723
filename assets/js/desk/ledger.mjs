/** The ledger of orders: every urge, card and directive, who read it, who acted, what came of it. */

import { KeyedList, make, mark, write } from "../core/dom.mjs";
import { openLayer } from "./layer.mjs";
import { kindOf } from "./names.mjs";

const KINDS = ["urged", "supervised", "directed"];
/** @type {Record<string, (row: any) => boolean>} */
const STATES = {
  silent: (row) => row.is_silent,
  unread: (row) => !row.read_at && !row.replied_at && !row.settled_at,
  unanswered: (row) => !row.replied_at && !row.settled_at,
  settled: (row) => Boolean(row.settled_at),
};

/** @param {import("../core/follow.mjs").Screen} screen */
export function openLedger(screen) {
  new Ledger(screen).open();
}

class Ledger {
  /** @type {any[]} */
  rows = [];
  kind = "";
  state = "";

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    this.screen = screen;
  }

  open() {
    const { words, selection, stream } = this.screen;
    const { dialog, body } = openLayer(this.screen, "ledger", words.say("ledger.title"));
    this.dialog = dialog;
    this.count = make("p", { class: "ledger-count", role: "status" });
    const list = make("ol", { class: "ledger-list" });
    this.list = new KeyedList(list, () => make("li", { class: "ledger-row" }), (node, row) => this.#row(node, row));
    body.append(make("div", { class: "ledger-filters" }, this.#chips("kind", KINDS, (name) => words.name("order", name)), this.#chips("state", Object.keys(STATES), (name) => words.say(`ledger.${name}`))), this.count, list);
    const leave = stream.subscribe("orders_ledger", selection.area, (channel) => {
      this.rows = channel.refusal ? [] : [...channel.rows.values()];
      this.#show();
    });
    dialog.addEventListener("close", leave);
    this.#show();
  }

  /** @param {"kind"|"state"} field @param {string[]} names @param {(name: string) => string} said */
  #chips(field, names, said) {
    const chips = names.map((name) => {
      const chip = make("button", { type: "button", class: "chip", "aria-pressed": "false", "data-name": name }, said(name), make("span", { class: "value" }));
      chip.addEventListener("click", () => {
        this[field] = this[field] === name ? "" : name;
        this.#show();
      });
      return chip;
    });
    return make("div", { class: "chips", role: "group", "data-field": field }, ...chips);
  }

  #show() {
    const { words } = this.screen;
    const passes = (/** @type {any} */ row, /** @type {string} */ kind, /** @type {string} */ state) => (!kind || row.kind === kind) && (!state || STATES[state](row));
    for (const chip of /** @type {Iterable<HTMLElement>} */ (this.dialog?.querySelectorAll(".chip") ?? [])) {
      const { name = "" } = chip.dataset;
      const isKind = KINDS.includes(name);
      const count = this.rows.filter((row) => (isKind ? passes(row, name, this.state) : passes(row, this.kind, name))).length;
      write(chip.querySelector(".value"), words.count(count));
      chip.setAttribute("aria-pressed", String(name === (isKind ? this.kind : this.state)));
    }
    const shown = this.rows.filter((row) => passes(row, this.kind, this.state));
    if (this.count) write(this.count, shown.length ? words.say("ledger.count", { count: words.count(shown.length) }) : words.say("ledger.none"));
    this.list?.show(shown.map((row) => [String(row.order_id), row]));
  }

  /** @param {HTMLElement} node @param {any} row */
  #row(node, row) {
    const { words, clock, selection } = this.screen;
    const now = clock.now();
    mark(node, "silent", row.is_silent ? "true" : null);
    const kind = row.card ? words.name("card", row.card) : words.name("order", row.kind);
    const to = [words.field(row, "unit"), words.person(row.to_user)].filter(Boolean).join(" · ");
    const time = (/** @type {string} */ key, /** @type {string|null} */ at, /** @type {string|null} */ by) => at ? words.say(key, { time: words.when(at, now), by: by ?? "" }) : "";
    const came = [
      time("ledger.read", row.read_at, words.person(row.read_by)), time("ledger.replied", row.replied_at, words.person(row.replied_by)), time("ledger.settled-by", row.settled_at, words.person(row.settled_by)),
    ].filter(Boolean);
    const state = row.is_silent ? make("span", { class: "order-silent" }, words.say("receipt.silent")) : make("span", { class: "ledger-receipt" }, words.name("receipt", row.receipt));
    const open = make("button", { type: "button", class: "ledger-case" }, kindOf(row, this.screen));
    open.addEventListener("click", () => {
      this.dialog?.close();
      selection.chooseCase(String(row.case_id));
    });
    const outcome = [words.name("status", row.state), row.has_moved ? words.say("ledger.moved") : words.say("ledger.still")].join(" · ");
    node.replaceChildren(
      make("div", { class: "ledger-what" }, make("b", {}, kind), state, make("time", { datetime: row.issued_at }, words.when(row.issued_at, now))),
      make("div", { class: "ledger-who" }, make("span", {}, [words.person(row.issued_by), to].filter(Boolean).join(" → ")), make("p", {}, row.note ?? ""), make("p", { class: "ledger-reply" }, row.reply ?? "")),
      make("div", { class: "ledger-came" }, ...(came.length ? came : [words.say("ledger.unread")]).map((text) => make("span", {}, text)), make("span", {}, row.due_at && !row.replied_at && !row.settled_at ? words.say("event.due", { time: words.when(row.due_at, now) }) : "")),
      make("div", { class: "ledger-of" }, open, make("span", {}, outcome)),
    );
  }
}
