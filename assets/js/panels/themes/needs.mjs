/** What needs attention: villages with an open red line, then those that stand still; or the villages of a chosen cell. */

import { find, make, write } from "../../core/dom.mjs";
import { placeName } from "./names.mjs";
import { Rows } from "./rows.mjs";
import { address, breaches, choose, chosenOf, needed, touched } from "./safety.mjs";
import { showing } from "./showing.mjs";
import { byNeed, passes, SLOW } from "./villages.mjs";

const MOST = 120;

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function needs(panel, screen) {
  const { words } = screen;
  const parts = () => ["row-mark", "row-name", "row-batch", "row-why", "row-when"].map((name) => make("span", { class: name }));
  const list = new Rows(find(panel, ".need-list"), (node, row) => update(node, row, screen), { create: parts, choose });
  const clear = find(panel, ".need-clear");
  clear.addEventListener("click", () => address.set({ show: "all" }));
  document.addEventListener("keydown", (event) => event.key === "Escape" && address.set({ show: "all" }));
  /** @type {any} */
  let last = null;
  const render = (/** @type {any} */ channel) => {
    last = channel;
    const show = address.get("show");
    const sorted = needed(screen, channel).sort(byNeed);
    const among = touched(show, screen);
    const found = sorted.filter((row) => (show === "all" ? row.breached || row.still : passes(show, row, among)));
    const shown = found.slice(0, MOST).map((row) => ({ ...row, key: row.area_id }));
    list.show(shown, chosenOf(sorted));
    head(panel, show, found, words);
    clear.hidden = show === "all";
    write(find(panel, ".need-more"), found.length > MOST ? words.say("safety.more", { count: found.length - MOST }) : "");
    find(panel, ".need-list").dataset.empty = found.length ? "" : words.say("safety.none", { time: words.time("minute", channel.asOf) });
  };
  showing(panel, screen, address, "safety_villages", render, { minutes: true });
  breaches.follow(screen, () => last && address.get("show").startsWith("line") && render(last));
}

/** @param {HTMLElement} panel @param {string} show @param {any[]} found @param {import("../../core/words.mjs").Words} words */
function head(panel, show, found, words) {
  const [kind, first, second] = show.split("|");
  const titles = {
    all: () => words.say("safety.needs"),
    named: () => words.say("safety.named"),
    breached: () => words.say("safety.touched"),
    still: () => words.say("safety.still"),
    cell: () => words.say("safety.cell", { batch: words.name("batch", first), stage: words.name("safetystage", second) }),
    line: () => words.say("safety.line-month", { line: words.name("redline", first), month: second === "all" ? words.say("safety.year") : second }),
  };
  write(find(panel, "h2"), (titles[kind] ?? titles.all)());
  const breached = found.filter((row) => row.breached).length;
  const still = found.filter((row) => row.still).length;
  const counts = words.say("safety.need-counts", { breached: words.count(breached), still: words.count(still) });
  write(find(panel, ".need-counts"), show === "all" ? counts : words.say("safety.villages", { count: words.count(found.length) }));
  write(find(panel, ".need-rule"), words.say("safety.rule", { times: SLOW }));
}

/** @param {HTMLElement} node @param {any} row @param {import("../../core/follow.mjs").Screen} screen */
function update(node, row, screen) {
  const { words, clock } = screen;
  const sign = row.breached ? "mark mark-overdue" : row.still ? "mark mark-due-soon" : "mark mark-open";
  find(node, ".row-mark").className = `row-mark ${sign}`;
  const name = placeName(screen, row.area_id);
  write(find(node, ".row-name"), name);
  find(node, ".row-name").title = name;
  write(find(node, ".row-batch"), words.name("batch", row.batch));
  const line = String(row.open_lines ?? "").split("|")[0];
  write(find(node, ".row-why"), row.breached ? words.name("redline", line) : words.name("safetystage", row.stage));
  find(node, ".row-why").classList.toggle("is-breach", row.breached);
  const stood = row.finished || row.usual === null ? words.say("safety.since", { count: row.days ?? "" }) : words.say("safety.stood", { days: row.days, usual: row.usual });
  write(find(node, ".row-when"), row.breached ? words.when(row.breached_at, clock.now()) : stood);
}
