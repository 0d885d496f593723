/** What waits for a leader's word: the dearest to leave first; one is open with its ask, effect and rule. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { leadMatter } from "../tablet/leading.mjs";
import { titleFor } from "./case_row.mjs";
import { unitSheet } from "./unit_sheet.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {HTMLElement} panel @param {Screen} screen */
export function decisions(panel, screen) {
  const { words } = screen;
  /** @type {string|null} */
  let open = null;
  /** @type {any[]} */
  let rows = [];
  const choose = (/** @type {string} */ id) => {
    open = open === id ? null : id;
    show();
  };
  const list = new KeyedList(find(panel, ".matters"), (row) => matter(row, screen, choose), (node, row) => tell(node, row, screen));
  const show = () => {
    list.show(rows.map((row) => [row.matter_id, row]));
    for (const [id, node] of list.nodes) {
      mark(node, "open", id === open ? "true" : null);
      find(node, ".matter-head").setAttribute("aria-expanded", String(id === open));
      find(node, ".matter-more").hidden = id !== open;
      if (id === open && node.dataset.case) leadMatter(find(node, ".matter-hand"), node.dataset.case, screen);
    }
  };
  screen.selection.addEventListener("area", () => (open = null));
  follow(panel, screen, "decisions", (channel, change) => {
    rows = [...channel.rows.values()].sort((a, b) => a.place - b.place);
    if (change.full || !rows.some((row) => row.matter_id === open)) open = rows[0]?.matter_id ?? null;
    write(find(panel, ".matters-count"), words.count(rows.length + othersOf(rows)));
    const none = find(panel, ".matters-none");
    none.hidden = rows.length > 0;
    write(none, words.say("tablet.none", { time: words.time("minute", channel.asOf) }));
    show();
  });
  screen.clock.everySecond(() => rows.length && !(Math.floor(screen.clock.now() / 1000) % 60) && show());
}

/** How many more there are than are listed. @param {any[]} rows */
function othersOf(rows) {
  return [...new Map(rows.map((row) => [row.rule, row.others])).values()].reduce((sum, count) => sum + count, 0);
}

/** @param {any} row @param {Screen} screen @param {(id: string) => void} choose */
function matter(row, screen, choose) {
  const head = make("button", { type: "button", class: "matter-head" },
    make("span", { class: "matter-line" }, make("span", { class: "matter-tag" }), make("span", { class: "matter-since" })),
    make("span", { class: "matter-title" }), make("span", { class: "matter-effect" }));
  const act = make("button", { type: "button", class: "matter-act" });
  const more = make("div", { class: "matter-more" }, make("p", { class: "matter-ask" }), make("p", { class: "matter-why" }), act, make("div", { class: "matter-hand" }));
  head.addEventListener("click", () => choose(row.matter_id));
  act.addEventListener("click", () => enter(row, screen));
  return make("li", { class: "matter", "data-rule": row.rule, "data-case": row.case_id, "data-area": row.case_id ? null : row.area_id }, head, more);
}

/** Go where the matter is. @param {any} row @param {Screen} screen */
function enter(row, screen) {
  if (row.case_id) screen.selection.chooseCase(String(row.case_id));
  else if (row.area_id) screen.selection.chooseArea(String(row.area_id));
  else unitSheet(screen, String(row.unit_id), screen.words.field(row, "unit"));
}

/** @param {HTMLElement} node @param {any} row @param {Screen} screen */
function tell(node, row, screen) {
  const { words, clock } = screen;
  const span = row.since ? words.span(Math.max(0, clock.now() - Date.parse(row.since))) : "";
  const area = words.field(row, "area");
  const said = {
    span, area, unit: words.field(row, "unit") || words.say("unknown"), breach: words.name("red-line", row.breach),
    urges: words.count(row.urges), returns: words.count(row.returns), reopens: words.count(row.reopens),
    due: words.count(row.due), late: words.count(row.late), value: words.decimal(row.value), low: words.decimal(row.low), high: words.decimal(row.high),
  };
  const rule = (/** @type {string} */ part) => words.say(`rule.${row.rule}.${part}`, said);
  write(find(node, ".matter-tag"), rule("tag"));
  write(find(node, ".matter-since"), [span && words.say("tablet.since", { span }), row.case_id ? area : ""].filter(Boolean).join(" · "));
  write(find(node, ".matter-title"), row.case_id ? titleFor(row, words) : rule("title"));
  write(find(node, ".matter-effect"), rule("effect"));
  write(find(node, ".matter-ask"), rule("ask"));
  const others = row.others > 0 ? words.say("tablet.others", { count: words.count(row.others) }) : "";
  write(find(node, ".matter-why"), [rule("why"), others].filter(Boolean).join(" · "));
  const goes = row.case_id ? words.say("tablet.see-case") : row.area_id ? words.say("tablet.enter", { name: area }) : words.say("tablet.see-unit");
  write(find(node, ".matter-act"), goes);
}
