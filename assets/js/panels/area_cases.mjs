/** The open cases of an area with no areas inside, the most urgent first. */

import { find, KeyedList, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { byPressure } from "../core/sla.mjs";
import { caseRow, showCaseRow } from "./case_row.mjs";

const RANK = { overdue: 0, due_soon: 1, open: 2 };

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export async function areaCases(panel, screen) {
  const { geography, selection, words } = screen;
  await geography.load();
  const leaf = () => (panel.hidden = geography.children(selection.area).length > 0);
  selection.addEventListener("area", leaf);
  leaf();
  const list = new KeyedList(find(panel, "ol"), (row) => caseRow(row, screen), (node, row) => showCaseRow(node, row, screen));
  follow(panel, screen, "queue", (channel) => {
    if (panel.hidden) return;
    const rows = [...channel.rows.values()].sort((a, b) => RANK[a.urgency] - RANK[b.urgency] || byPressure(a, b));
    list.show(rows.map((row) => [String(row.case_id), row]));
    write(find(panel, ".cases-count"), words.count(rows.length));
    const none = find(panel, ".area-cases-none");
    none.hidden = rows.length > 0;
    const area = words.field(geography.areas[selection.area] ?? {}, "name");
    write(none, words.say("tablet.no-cases", { area, time: words.time("minute", channel.asOf) }));
  });
}
