/** What stands near the case, nearest first, by the letters of the map; then the other open cases around it. */

import { find, make, write } from "../core/dom.mjs";
import { reading } from "../core/sla.mjs";
import { focusOf } from "./focus.mjs";
import { caseName, shorten } from "./names.mjs";
import { LETTERS } from "./near_map.mjs";
import { others, points, told } from "./nearby.mjs";

const [ROW, HEAD, REACH] = [66, 100, 2000];

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function near(panel, screen) {
  const focus = focusOf(screen);
  const show = async () => {
    const { row } = focus;
    if (!row || row.lon === null) return;
    const { words } = screen;
    const fixed = (await points(screen.geography, [row.lon, row.lat])).slice(0, LETTERS.length);
    const cases = others(focus.around, row, REACH);
    const unit = parseFloat(getComputedStyle(panel).getPropertyValue("--u")) || 1;
    const room = Math.floor((panel.clientHeight / unit - 2 * HEAD) / ROW);
    const posts = fixed.slice(0, Math.max(2, room - 6)).map((one, nth) => post(one, nth, screen));
    const lines = cases.slice(0, Math.max(0, room - posts.length)).map((one) => other(one, screen));
    const head = make("li", { class: "near-head" }, make("h2", {}, words.say("near.cases")), make("span", { class: "head-note" }, words.say("near.count", { count: words.count(cases.length) })));
    find(panel, "[data-rows]").replaceChildren(...posts, head, ...lines);
    write(find(panel, ".data-time"), words.say("fresh.asof", { time: words.time("second", screen.clock.now()) }));
  };
  focus.listen(panel, show);
  screen.page.root.addEventListener("arranged", show);
}

/** @param {any} one @param {number} nth @param {import("../core/follow.mjs").Screen} screen */
function post(one, nth, screen) {
  const { words, geography } = screen;
  const endings = new RegExp(`(${words.say("near.endings")})$`);
  const name = shorten(screen, words.field(one, "name").replace(endings, "").replace(/ *[(（].*[)）]/, ""));
  const layer = geography.layers.find((known) => known.name === one.layer);
  return make(
    "li",
    { class: "near-row" },
    make("span", { class: "near-key", "data-shape": one.shape }, LETTERS[nth]),
    make("span", { class: "near-name" }, name),
    make("span", { class: "near-clock" }, words.field(layer ?? {}, "name")),
    make("span", { class: "near-far" }, told(one.far, words)),
  );
}

/** @param {any} row @param {import("../core/follow.mjs").Screen} screen */
function other(row, screen) {
  const { words, clock } = screen;
  const { side, text } = reading(row, clock.now(), words);
  return make(
    "li",
    { class: "near-row", "data-urgency": row.urgency },
    make("i", { class: `mark mark-${row.urgency.replace("_", "-")}` }),
    make("span", { class: "near-name" }, caseName(screen, row)),
    make("span", { class: "near-clock" }, `${side} ${text}`),
    make("span", { class: "near-far" }, told(row.far, words)),
  );
}
