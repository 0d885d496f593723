/** What the marks and shades of the map mean, with their counts. */

import { find, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function legend(panel, screen) {
  const { shade, words } = screen;
  follow(panel, screen, "areas", (channel) => {
    const { open, overdue, due_soon } = total(channel, screen);
    const counts = { overdue, due_soon, open: open - overdue - due_soon };
    for (const [urgency, count] of Object.entries(counts)) write(find(panel, `[data-count="${urgency}"]`), words.count(count));
  });
  const scale = () => {
    const known = shade.top > 0;
    write(find(panel, ".scale-name"), words.say(shade.measure === "open" ? "map.open-count" : "map.per-thousand"));
    write(find(panel, ".scale-range"), known ? `0 – ${Number(shade.top.toPrecision(3))}` : "");
  };
  shade.addEventListener("change", scale);
  scale();
}

/** @param {import("../core/channel.mjs").Channel} channel @param {import("../core/follow.mjs").Screen} screen */
function total(channel, { selection, geography }) {
  const own = channel.rows.get(selection.area);
  if (own) return own;
  const inside = geography.children(selection.area).map((id) => channel.rows.get(id)).filter(Boolean);
  const sum = { open: 0, overdue: 0, due_soon: 0 };
  for (const row of inside) for (const name of Object.keys(sum)) sum[name] += row[name] ?? 0;
  return sum;
}
