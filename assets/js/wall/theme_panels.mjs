/** The numbers and lists of the theme scenes. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { follow } from "../core/follow.mjs";
import { areaName } from "./names.mjs";
import { roomOf } from "./room.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** A list on a wall is put in order anew at most this often. */
const PAUSE = 10_000;
const DAY = 86_400_000;

/** @param {HTMLElement} panel @param {Screen} screen */
export function gridCounts(panel, screen) {
  follow(panel, screen, "grid_force", (channel) => {
    const rows = [...channel.rows.values()];
    const patrolled = rows.filter((row) => row.visits_today > 0).length;
    const { words } = screen;
    fact(panel, "patrolled", patrolled, words.say("fact.of", { count: words.count(rows.length) }), share(patrolled, rows.length, words), words);
    fact(panel, "silent", rows.filter((row) => row.silent).length, words.say("fact.grids"), words.say("fact.silent-rule"), words);
    fact(panel, "vacant", rows.filter((row) => !row.full_time).length, words.say("fact.grids"), words.say("fact.vacant-rule"), words);
  });
}

/** @param {HTMLElement} panel @param {Screen} screen */
export function safetyCounts(panel, screen) {
  follow(panel, screen, "safety_villages", (channel) => {
    const rows = thisYear(channel);
    const { words } = screen;
    const named = rows.filter((row) => row.finished).length;
    const touched = rows.filter((row) => row.open_breaches > 0).length;
    fact(panel, "named", named, words.say("fact.of", { count: words.count(rows.length) }), share(named, rows.length, words), words);
    fact(panel, "touched", touched, words.say("fact.villages"), words.say("fact.touched-rule"), words);
    mark(find(panel, '[data-fact="touched"]'), "alarm", touched ? "overdue" : null);
  });
}

/** @param {HTMLElement} panel @param {string} name @param {number} value @param {string} unit @param {string} note @param {import("../core/words.mjs").Words} words */
function fact(panel, name, value, unit, note, words) {
  const element = find(panel, `[data-fact="${name}"]`);
  write(find(element, ".value"), words.count(value));
  write(find(element, ".unit"), unit);
  write(find(element, ".metric-compare"), note);
}

/** @param {number} part @param {number} whole @param {import("../core/words.mjs").Words} words */
function share(part, whole, words) {
  return whole ? `${words.decimal((100 * part) / whole)}%` : words.say("unknown");
}

/** Patrolled of all, a street a line, the least looked after first. @param {HTMLElement} panel @param {Screen} screen */
export function gridTowns(panel, screen) {
  listed(panel, screen, "grid_force", (rows) => {
    /** @type {Map<string, {id: string, part: number, whole: number, silent: number}>} */
    const streets = new Map();
    for (const row of rows) {
      const street = streets.get(row.street_id) ?? { id: row.street_id, part: 0, whole: 0, silent: 0 };
      streets.set(row.street_id, { id: row.street_id, part: street.part + Number(row.visits_today > 0), whole: street.whole + 1, silent: street.silent + Number(row.silent) });
    }
    const ordered = [...streets.values()].sort((a, b) => a.part / a.whole - b.part / b.whole || (a.id < b.id ? -1 : 1));
    return ordered.map((street) => ({ key: street.id, name: areaName(screen, street.id), part: street.part, whole: street.whole, alarm: street.silent ? ["due_soon", street.silent] : null }));
  });
}

/** The grids nobody was heard of for three times their own pace. @param {HTMLElement} panel @param {Screen} screen */
export function gridSilent(panel, screen) {
  listed(panel, screen, "grid_force", (rows) => {
    const silent = rows.filter((row) => row.silent).sort((a, b) => String(a.last_act_at).localeCompare(String(b.last_act_at)));
    return silent.map((row) => ({ key: row.area_id, name: areaName(screen, row.area_id), note: days(row.last_act_at, screen), sign: "due-soon" }));
  });
}

/** Named of all, a batch a line. @param {HTMLElement} panel @param {Screen} screen */
export function safetyStages(panel, screen) {
  listed(panel, screen, "safety_villages", (rows) => {
    const own = rows.filter((row) => row.year === latest(rows));
    const batches = [...new Set(own.sort((a, b) => a.batch_at - b.batch_at).map((row) => row.batch))];
    return batches.flatMap((batch) => {
      const inside = own.filter((row) => row.batch === batch);
      return [{ key: batch, name: screen.words.name("batch", batch), part: inside.filter((row) => row.finished).length, whole: inside.length, alarm: breached(inside) }];
    });
  });
}

/** How many villages stand at each step, from the first to the last. @param {HTMLElement} panel @param {Screen} screen */
export function safetySteps(panel, screen) {
  listed(panel, screen, "safety_villages", (rows) => {
    const own = rows.filter((row) => row.year === latest(rows) && row.stage);
    /** @type {Map<string, any[]>} */
    const steps = new Map();
    for (const row of own) steps.set(row.stage, [...(steps.get(row.stage) ?? []), row]);
    const ordered = [...steps].sort((a, b) => a[1][0].stage_position - b[1][0].stage_position);
    return ordered.map(([stage, inside]) => ({ key: stage, name: screen.words.name("safetystage", stage), part: inside.length, whole: own.length, alarm: breached(inside) }));
  });
}

/** Villages with a red line touched and not put right. @param {HTMLElement} panel @param {Screen} screen */
export function safetyBreaches(panel, screen) {
  listed(panel, screen, "safety_villages", (rows) => {
    const open = rows.filter((row) => row.open_breaches > 0 && row.year === latest(rows));
    open.sort((a, b) => String(b.breached_at).localeCompare(String(a.breached_at)));
    const line = (/** @type {any} */ row) => String(row.open_lines ?? "").split("|").map((name) => screen.words.name("redline", name)).join(" · ");
    return open.map((row) => ({ key: row.area_id, name: `${areaName(screen, row.area_id)} · ${line(row)}`, note: days(row.breached_at, screen), sign: "overdue" }));
  });
}

/** @param {HTMLElement} panel @param {Screen} screen @param {string} view @param {(rows: any[]) => any[]} lines */
function listed(panel, screen, view, lines) {
  const { words } = screen;
  const list = new KeyedList(find(panel, "[data-rows]"), create, (node, row) => update(node, row, words));
  /** @type {any} */
  let channel = null;
  let [ordered, timer] = [0, 0];
  const show = () => {
    ordered = performance.now();
    const found = lines([...channel.rows.values()]);
    list.show(found.slice(0, roomOf(panel, 62)).map((row) => [row.key, row]));
    panel.dataset.empty = found.length ? "" : words.say("theme.none", { time: words.time("minute", channel.asOf) });
  };
  screen.geography.load().then(() => follow(panel, screen, view, (told, change) => {
    channel = told;
    clearTimeout(timer);
    if (change.full || performance.now() - ordered > PAUSE) show();
    else timer = setTimeout(show, PAUSE);
  }));
  screen.page.root.addEventListener("arranged", () => channel && show());
}

function create() {
  const bar = make("span", { class: "bar" }, make("span", { class: "bar-fill" }));
  const parts = ["roll-note", "roll-alarm"].map((name) => make("span", { class: name }));
  return make("li", { class: "roll-row" }, make("i", { class: "roll-sign" }), make("span", { class: "roll-name" }), bar, make("span", { class: "value" }), ...parts);
}

/** @param {HTMLElement} node @param {any} row @param {import("../core/words.mjs").Words} words */
function update(node, { name, part, whole, note = "", alarm = null, sign = "" }, words) {
  write(find(node, ".roll-name"), name);
  write(find(node, ".roll-note"), note);
  find(node, ".roll-sign").className = `roll-sign ${sign ? `mark mark-${sign}` : ""}`;
  const bar = find(node, ".bar");
  bar.hidden = whole === undefined;
  find(node, ".bar-fill").style.transform = `scaleX(${whole ? part / whole : 0})`;
  write(find(node, ".value"), whole === undefined ? "" : `${words.count(part)} / ${words.count(whole)}`);
  const chip = find(node, ".roll-alarm");
  write(chip, alarm ? words.count(alarm[1]) : "");
  chip.className = `roll-alarm ${alarm ? `chip-${alarm[0].replace("_", "-")}` : ""}`;
}

/** @param {any[]} rows @returns {["overdue", number]|null} */
function breached(rows) {
  const open = rows.filter((row) => row.open_breaches > 0).length;
  return open ? ["overdue", open] : null;
}

/** @param {any[]} rows */
function latest(rows) {
  return Math.max(...rows.map((row) => row.year));
}

/** @param {import("../core/channel.mjs").Channel} channel */
function thisYear(channel) {
  const rows = [...channel.rows.values()];
  return rows.filter((row) => row.year === latest(rows));
}

/** @param {string|null} moment @param {Screen} screen */
function days(moment, { words, clock }) {
  return moment ? words.span(Math.floor((clock.now() - Date.parse(moment)) / DAY) * DAY || clock.now() - Date.parse(moment)) : words.say("unknown");
}
