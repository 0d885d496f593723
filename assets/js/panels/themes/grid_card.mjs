/** One grid: how many live there, who looks after it, how lively it was for 14 days, what is open in it. */

import { find, make, mark, write } from "../../core/dom.mjs";
import { address, chosenOf, gapsOf, hoursOf, loadOf } from "./force.mjs";
import { inHand } from "./in_hand.mjs";
import { shortName } from "./names.mjs";
import { Chosen, showing } from "./showing.mjs";
import { announce } from "./switching.mjs";

const ROLES = ["instructor", "leader", "gridworker", "block_head"];

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function gridCard(panel, screen) {
  const { words } = screen;
  const days = new Chosen(find(panel, ".act-days"), screen, "act_days", (channel) => bars(panel, channel ? [...channel.rows.values()] : [], screen));
  const people = new Chosen(find(panel, ".people"), screen, "staff", (channel) => posts(panel, channel && [...channel.rows.values()], screen));
  const cases = new Chosen(find(panel, ".in-hand"), screen, "queue", (channel) => inHand(find(panel, ".in-hand"), channel, screen));
  let told = "";
  showing(panel, screen, address, "grid_force", (channel) => {
    const id = chosenOf(channel.rows.values(), screen);
    for (const part of [days, people, cases]) part.of(id);
    head(panel, id, channel.rows.get(id), screen);
    if (told && told !== id) announce(words.say("themes.chosen", { name: shortName(screen, id) }));
    told = id;
  }, { minutes: true });
}

/** @param {HTMLElement} panel @param {string} id @param {any} row @param {import("../../core/follow.mjs").Screen} screen */
function head(panel, id, row, screen) {
  const { words, geography, clock } = screen;
  panel.dataset.grid = id;
  write(find(panel, "h2"), id ? shortName(screen, id) : words.say("grids.no-grid"));
  const around = geography.path(id).slice(2, -1).map((area) => shortName(screen, area));
  write(find(panel, ".card-under"), [...around, id].filter(Boolean).join(" · "));
  const chip = find(panel, ".card-state");
  const hours = row ? hoursOf(row, clock.now()) : null;
  chip.hidden = !row || hours === null;
  chip.className = `card-state ${row?.silent ? "chip-due-soon" : "chip-quiet"}`;
  write(chip, words.say(row?.silent ? "grids.silent-for" : "grids.act-ago", { hours: words.count(hours) }));
  const facts = {
    households: words.count(row?.households),
    population: words.count(row?.population),
    area: row?.area_km2 ? String(row.area_km2.toFixed(row.area_km2 < 0.1 ? 3 : 2)) : words.say("unknown"),
    load: words.count(row ? loadOf(row) : null),
    gaps: row && Number.isFinite(gapsOf(row, clock.now())) ? words.decimal(gapsOf(row, clock.now())) : words.say("unknown"),
  };
  for (const [name, value] of Object.entries(facts)) write(panel.querySelector(`[data-fact="${name}"] .value`), value);
}

/** @param {HTMLElement} panel @param {any[]|null} known null while nothing is known @param {import("../../core/follow.mjs").Screen} screen */
function posts(panel, known, screen) {
  const { words } = screen;
  const rows = known ?? [];
  const part = find(panel, ".people");
  part.hidden = known?.length === 0;
  write(find(part, ".people-note"), screen.page.simulated ? words.say("badge.simulated") : "");
  const told = ROLES.map((role) => ({ role, people: rows.filter((row) => row.role === role) })).filter(({ people }) => people.length);
  const shown = told.map(({ role, people }) => make(
    "li", { class: "person" },
    make("span", { class: "person-sign", "aria-hidden": "true" }, people.length > 1 ? words.count(people.length) : people[0].name_zh.slice(0, 1)),
    make("span", { class: "person-name", lang: "zh" }, people.map((one) => one.name_zh).join(" ")),
    make("span", { class: "person-role" }, words.say(`role.${role}`)),
    make("span", { class: "person-post" }, people.length > 1 ? words.say("grids.people", { count: people.length }) : words.say(people[0].full_time ? "grids.full-time" : "grids.part-time")),
  ));
  find(panel, ".people-rows").replaceChildren(...shown);
}

/** @param {HTMLElement} panel @param {any[]} rows @param {import("../../core/follow.mjs").Screen} screen */
function bars(panel, rows, { words }) {
  const sorted = [...rows].sort((a, b) => b.ago - a.ago);
  const acts = (/** @type {any} */ row) => row.visits + row.reports + row.closures;
  const most = Math.max(1, ...sorted.map(acts));
  const shown = sorted.map((row) => {
    const bar = make("i", { class: "day-bar" });
    bar.style.height = `${(100 * acts(row)) / most}%`;
    const day = Number(row.day.slice(8, 10));
    const said = words.say("grids.day", { day: row.day.slice(0, 10), visits: row.visits, reports: row.reports, closures: row.closures });
    const node = make("li", { class: "day", title: said, "aria-label": said }, make("span", { class: "day-room" }, bar), make("span", { class: "day-name" }, row.ago ? String(day) : words.say("grids.today")));
    mark(node, "none", acts(row) ? null : "true");
    return node;
  });
  find(panel, ".act-bars").replaceChildren(...shown);
  write(find(panel, ".act-most"), rows.length ? words.say("grids.acts-total", { count: words.count(sorted.reduce((sum, row) => sum + acts(row), 0)) }) : "");
}
