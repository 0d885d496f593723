/** The selected area's numbers; with none selected, those of the township with most overdue cases. */

import { find, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { areaName } from "../wall/names.mjs";

/** Another township is named at most this often. */
const PAUSE = 10_000;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function callout(panel, screen) {
  let [named, since] = ["", 0];
  let leave = () => {};
  follow(panel, screen, "areas", (channel) => {
    const { selection } = screen;
    const chosen = selection.area !== selection.rootArea;
    const area = chosen ? selection.area : worst([...channel.rows.values()]);
    const soon = !chosen && performance.now() - since < PAUSE;
    if (area === named || (named && soon)) return;
    [named, since] = [area, performance.now()];
    leave();
    panel.hidden = !area;
    find(panel, ".callout-why").hidden = chosen;
    if (area) leave = screen.stream.subscribe("headline", area, (numbers) => show(panel, screen, area, numbers.rows));
  });
}

/** @param {any[]} rows @returns {string} */
function worst(rows) {
  const towns = rows.filter((row) => row.level === "township" && row.overdue > 0);
  towns.sort((a, b) => b.overdue - a.overdue || b.open - a.open || String(a.area_id).localeCompare(b.area_id));
  return towns[0]?.area_id ?? "";
}

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen @param {string} area @param {Map<string, any>} rows */
function show(panel, screen, area, rows) {
  const { words } = screen;
  const [open, overdue] = [rows.get("open_cases"), rows.get("overdue_cases")];
  if (!open || !overdue) return;
  write(find(panel, ".callout-name"), areaName(screen, area));
  write(find(panel, ".callout-open"), words.count(open.value));
  const chip = find(panel, ".callout-overdue");
  chip.hidden = !overdue.value;
  write(chip, `${words.say("urgency.overdue")} ${words.count(overdue.value)}`);
  const change = overdue.previous === null ? 0 : overdue.value - overdue.previous;
  const glyph = change > 0 ? "▲" : change < 0 ? "▼" : "";
  const size = change ? words.count(Math.abs(change)) : words.say("compare.same");
  const compared = find(panel, ".callout-compare");
  mark(compared, "act", change > 0 ? "true" : null);
  write(compared, `${words.say("urgency.overdue")} ${words.say("compare.yesterday")} ${glyph} ${size}`);
}
