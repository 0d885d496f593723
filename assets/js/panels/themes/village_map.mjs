/** Where the villages lie: by batch and whether named; marks only on those that need something. */

import { find, make, write } from "../../core/dom.mjs";
import { placeName, shortName } from "./names.mjs";
import { Picture } from "./picture.mjs";
import { address, breaches, choose, chosenOf, needed, touched } from "./safety.mjs";
import { showing } from "./showing.mjs";
import { press } from "./switching.mjs";
import { toggle } from "./progress.mjs";
import { byNeed, passes } from "./villages.mjs";

/** From finished to the last batch. */
const SHADES = [5, 3, 2, 0];

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function villageMap(panel, screen) {
  const { words, geography } = screen;
  /** @type {Map<string, any>} */
  let villages = new Map();
  const card = (/** @type {string} */ id) => {
    const row = villages.get(id);
    return row ? words.say("safety.card", { name: placeName(screen, id), batch: words.name("batch", row.batch), stage: words.name("safetystage", row.stage) }) : placeName(screen, id);
  };
  const options = { label: words.say("safety.map"), level: "village", lines: ["township", "county"], choose, card };
  const picture = new Picture(find(panel, ".picture-room"), geography, options);
  find(panel, ".show-tabs").addEventListener("click", (event) => {
    const tab = /** @type {HTMLElement} */ (event.target).closest("[data-choice]");
    if (tab) toggle(/** @type {HTMLElement} */ (tab).dataset.choice ?? "all");
  });
  /** @type {any} */
  let last = null;
  const render = async (/** @type {any} */ channel) => {
    last = channel;
    const rows = needed(screen, channel).sort(byNeed);
    villages = new Map(rows.map((row) => [row.area_id, row]));
    tabs(panel, rows, words);
    legend(panel, rows, words);
    await picture.open([...villages.keys()].sort());
    picture.tell(told(rows, villages, screen));
    panel.dataset.ready = "true";
  };
  showing(panel, screen, address, "safety_villages", render, { minutes: true });
  breaches.follow(screen, () => last && address.get("show").startsWith("line") && render(last));
}

/** @param {any[]} rows @param {Map<string, any>} villages @param {import("../../core/follow.mjs").Screen} screen */
function told(rows, villages, screen) {
  const { words, geography, selection } = screen;
  const show = address.get("show");
  const among = touched(show, screen);
  const chosen = chosenOf(rows);
  const row = villages.get(chosen);
  const line = row?.breached && words.say("safety.touched-line", { line: words.name("redline", String(row.open_lines ?? "").split("|")[0]) });
  const inside = geography.children(selection.area).filter((id) => geography.areas[id].level !== "grid");
  const around = inside.length > 1 && geography.areas[inside[0]]?.level !== "village" ? inside : [];
  const under = (/** @type {string} */ id) => [...villages.keys()].filter((village) => geography.within(village, id));
  const standing = (/** @type {string} */ id) => (show === "all" ? "" : passes(show, villages.get(id), among) ? " is-shown" : " is-quiet");
  return {
    paint: (/** @type {string} */ id) => `s${shadeOf(villages.get(id))}${standing(id)}`,
    marks: rows.filter((village) => village.breached || village.still).reverse()
      .filter((village) => passes(show, village, among))
      .map((village) => ({ id: village.area_id, urgency: /** @type {"overdue"|"due_soon"} */ (village.breached ? "overdue" : "due_soon") })),
    labels: around.map((id) => ({ text: shortName(screen, id), ids: under(id) })),
    chosen,
    callout: row ? [placeName(screen, chosen), line].filter(Boolean).join("\n") : "",
  };
}

/** @param {any} row */
function shadeOf(row) {
  return row.finished ? SHADES[0] : (SHADES[1 + (row.batch_at ?? 2)] ?? SHADES[3]);
}

/** @param {HTMLElement} panel @param {any[]} rows @param {import("../../core/words.mjs").Words} words */
function tabs(panel, rows, words) {
  const counts = { all: rows.length, named: 0, breached: 0, still: 0 };
  for (const { finished, breached, still } of rows) {
    counts.named += Number(finished);
    counts.breached += Number(breached);
    counts.still += Number(still);
  }
  for (const [name, count] of Object.entries(counts)) write(panel.querySelector(`[data-choice="${name}"] .value`), words.count(count));
  press(find(panel, ".show-tabs"), address.get("show"));
}

/** @param {HTMLElement} panel @param {any[]} rows @param {import("../../core/words.mjs").Words} words */
function legend(panel, rows, words) {
  const items = new Map([["", { shade: SHADES[0], name: words.say("safety.named"), count: 0 }]]);
  for (const row of [...rows].sort((a, b) => (a.batch_at ?? 9) - (b.batch_at ?? 9))) {
    const key = row.finished ? "" : String(row.batch);
    const name = words.say("safety.unfinished", { batch: words.name("batch", row.batch) });
    const item = items.get(key) ?? { shade: shadeOf(row), name, count: 0 };
    items.set(key, { ...item, count: item.count + 1 });
  }
  const shown = [...items.values()].map(({ shade, name, count }) =>
    make("span", { class: "key-item" }, make("i", { class: "swatch", "data-shade": shade }), name, make("b", { class: "value" }, words.count(count))));
  find(panel, ".picture-key").replaceChildren(...shown);
}
