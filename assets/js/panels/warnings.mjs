/** The warnings in force where this screen looks: the gravest first, each with its mark, its words and until when. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** A shape beside every colour. @type {Record<string, string>} */
const SHAPES = { Extreme: "◆", Severe: "▲", Moderate: "■", Minor: "●", Unknown: "●" };
/** @type {Record<string, number>} */
const AT_ONCE = { desk: 2, tablet: 2 };
const DAY = 86_400_000;

/** @param {HTMLElement} panel @param {Screen} screen */
export function warnings(panel, screen) {
  const { words, clock, page } = screen;
  const list = new KeyedList(make("ul", { class: "warning-list" }), create, (node, row) => update(node, row, screen));
  const more = make("button", { type: "button", class: "warning-more", hidden: true, "aria-expanded": "false" });
  panel.append(list.parent, page.name === "wall" ? make("span", { class: "warning-more" }) : more);
  /** @type {any[]} */
  let told = [];
  let open = false;
  const show = () => {
    const rows = told.filter((row) => Date.parse(row.expires_at) > clock.now());
    const count = open ? rows.length : (AT_ONCE[page.name] ?? 1);
    list.show(rows.slice(0, count).map((row) => [String(row.warning_id), row]));
    panel.hidden = rows.length === 0;
    const rest = /** @type {HTMLElement} */ (panel.querySelector(".warning-more"));
    rest.hidden = rows.length <= (AT_ONCE[page.name] ?? 1);
    rest.setAttribute("aria-expanded", String(open));
    write(rest, open ? words.say("action.close") : page.name === "wall" ? `+${rows.length - count}` : words.say("warning.more", { count: rows.length - count }));
  };
  more.addEventListener("click", () => {
    open = !open;
    show();
  });
  follow(panel, screen, "warnings", (channel) => {
    told = [...channel.rows.values()].sort((a, b) => a.position - b.position || Date.parse(a.expires_at) - Date.parse(b.expires_at));
    show();
  });
  clock.everySecond(() => told.length && show());
}

function create() {
  const parts = ["warning-shape", "warning-level", "warning-headline", "warning-where", "warning-until"];
  const [shape, ...rest] = parts.map((name) => make("span", { class: name }));
  shape.setAttribute("aria-hidden", "true");
  return make("li", { class: "warning" }, shape, ...rest);
}

/** @param {HTMLElement} node @param {any} row @param {Screen} screen */
function update(node, row, screen) {
  const { words, clock } = screen;
  mark(node, "severity", row.severity);
  write(find(node, ".warning-shape"), SHAPES[row.severity] ?? "●");
  write(find(node, ".warning-level"), words.name("severity", row.severity));
  write(find(node, ".warning-headline"), words.field(row, "headline"));
  write(find(node, ".warning-where"), where(row, screen));
  const until = words.say("warning.until", { time: moment(row.expires_at, screen) });
  const begins = row.onset_at && Date.parse(row.onset_at) > clock.now();
  write(find(node, ".warning-until"), begins ? `${words.say("warning.from", { time: moment(row.onset_at, screen) })} ${until}` : until);
}

/** @param {any} row @param {Screen} screen */
function where(row, { words, geography }) {
  if (row.is_whole) return words.say("warning.whole");
  const name = words.field(geography.areas[row.area_id] ?? {}, "name");
  return row.areas === 1 && name ? name : words.say("warning.areas", { count: row.areas });
}

/** The hour of today, else the day with it. @param {string} at @param {Screen} screen */
function moment(at, { words, clock }) {
  const soon = words.time("day", at) === words.time("day", new Date(clock.now()).toISOString());
  return words.time(soon || Date.parse(at) - clock.now() > 300 * DAY ? "minute" : "moment", at);
}
