/** One village's passport: its years, its red lines with their last event, its life beside its batch's, its open cases. */

import { find, make, mark, write } from "../../core/dom.mjs";
import { inHand } from "./in_hand.mjs";
import { placeName } from "./names.mjs";
import { address, chosenOf, monthOf, needed, terms } from "./safety.mjs";
import { Chosen, showing } from "./showing.mjs";
import { announce } from "./switching.mjs";
import { VillageHands } from "./village_hands.mjs";
import { byNeed, ordered, yearOf } from "./villages.mjs";

const LAST = 6;

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function villageCard(panel, screen) {
  const { words, stream } = screen;
  /** @type {any[]} */
  let villages = [];
  /** @type {any[]} */
  let events = [];
  let told = "";
  const redraw = () => lines(panel, events, screen);
  const hands = new VillageHands(panel, screen);
  let year = 0;
  const past = new Chosen(panel, screen, "safety_events", (channel) => {
    events = channel ? [...channel.rows.values()].sort((a, b) => b.seq - a.seq) : [];
    redraw();
    story(panel, channel ? events : null, screen);
    if (channel) hands.of(panel.dataset.village ?? "", year, true);
  });
  const cases = new Chosen(find(panel, ".in-hand"), screen, "queue", (channel) => inHand(find(panel, ".in-hand"), channel, screen));
  terms.follow(screen, redraw);
  /** @type {Map<string, any>} */
  let everywhere = new Map();
  const pulse = () => life(panel, [...everywhere.values()], pulses, screen);
  stream.subscribe("safety_villages", screen.selection.rootArea, (channel) => {
    everywhere = channel.rows;
    pulse();
  });
  /** @type {Map<string, any>} */
  let pulses = new Map();
  stream.subscribe("village_pulse", screen.selection.rootArea, (channel) => {
    pulses = channel.rows;
    pulse();
  });
  showing(panel, screen, address, "safety_villages", (channel) => {
    villages = needed(screen, channel).sort(byNeed);
    const id = chosenOf(villages);
    year = Number(yearOf(channel, address)) || new Date(screen.clock.now()).getFullYear();
    past.of(id);
    cases.of(id);
    hands.of(id, year);
    const own = [...channel.rows.values()].filter((row) => row.area_id === id);
    head(panel, id, villages.find((row) => row.area_id === id), own, screen);
    pulse();
    if (told && told !== id) announce(words.say("themes.chosen", { name: placeName(screen, id) }));
    told = id;
  }, { minutes: true });
}

/** @param {HTMLElement} panel @param {string} id @param {any} row @param {any[]} all of every year @param {import("../../core/follow.mjs").Screen} screen */
function head(panel, id, row, all, screen) {
  const { words, geography } = screen;
  panel.dataset.village = id;
  panel.toggleAttribute("data-unknown", !row);
  write(find(panel, "h2"), id ? placeName(screen, id) : "");
  const around = geography.path(id).slice(1, -2).map((area) => words.field(geography.areas[area], "name"));
  const people = geography.areas[id]?.population;
  write(find(panel, ".card-under"), [...around, row && words.name("batch", row.batch), people && words.say("map.population", { count: words.count(people) })].filter(Boolean).join(" · "));
  const chip = find(panel, ".card-state");
  chip.hidden = !row;
  chip.className = `card-state ${row?.breached ? "chip-overdue" : row?.still ? "chip-due-soon" : "chip-quiet"}`;
  write(chip, row?.breached ? words.say("safety.open-line") : words.name("safetystage", row?.stage));
  const years = [...all].sort((a, b) => a.year - b.year).map((one) => {
    const state = one.open_breaches > 0 ? "breached" : one.finished ? "named" : "running";
    const box = make("span", { class: "year-box", "data-state": state }, words.say(`safety.mark-${state}`));
    return make("li", {}, box, make("span", { class: "year-name" }, String(one.year)));
  });
  find(panel, ".village-years").replaceChildren(...years);
  const since = row && (row.finished || row.usual === null ? words.say("safety.reached", { stage: words.name("safetystage", row.stage), date: words.time("day", row.stage_at) }) : words.say("safety.stands", { stage: words.name("safetystage", row.stage), days: row.days, usual: row.usual }));
  write(find(panel, ".village-stands"), since || "");
}

/** @param {HTMLElement} panel @param {any[]} events @param {import("../../core/follow.mjs").Screen} screen */
function lines(panel, events, screen) {
  const { words, clock } = screen;
  if (!panel.dataset.village) return;
  const rows = ordered(terms.rows, "red_line", events.map(({ reason }) => reason)).map((line) => {
    const own = events.filter(({ reason }) => reason === line);
    const year = own.filter(({ kind, happened_at: at }) => kind === "safety-breached" && clock.now() - Date.parse(at) < 366 * 86_400_000);
    const open = own.filter(({ kind }) => kind === "safety-breached").length > own.filter(({ kind }) => kind === "safety-rectified").length;
    const last = own[0];
    const row = make(
      "li", { class: "line", "data-open": open },
      make("i", { class: open ? "mark mark-overdue" : "line-kept" }),
      make("span", { class: "line-name" }, words.name("redline", line)),
      make("span", { class: "line-state" }, words.say(open ? "safety.line-open" : own.length ? "safety.line-rectified" : "safety.line-none")),
      make("b", { class: "value" }, words.count(year.length)),
      make("span", { class: "line-when" }, last ? words.when(last.happened_at, clock.now()) : words.say("unknown")),
    );
    return row;
  });
  find(panel, ".village-lines").replaceChildren(...rows);
}

/** @param {HTMLElement} panel @param {any[]|null} events @param {import("../../core/follow.mjs").Screen} screen */
function story(panel, events, screen) {
  const { words } = screen;
  const rows = (events ?? []).slice(0, LAST).map((event) => make(
    "li", { class: "story-step", "data-kind": event.kind },
    make("time", { datetime: event.happened_at }, words.time("moment", event.happened_at)),
    make("span", {}, happened(event, words)),
  ));
  find(panel, ".village-story").replaceChildren(...rows);
  write(find(panel, ".story-since"), events?.length ? words.say("safety.events", { count: events.length, month: monthOf(events[events.length - 1].happened_at, screen) }) : "");
}

/** @param {any} event @param {import("../../core/words.mjs").Words} words */
function happened(event, words) {
  if (event.kind === "safety-signed") return words.say("safety.event", { event: words.say("event.safety-signed"), what: words.name("creation", event.wish) });
  if (event.kind === "safety-stage-reached") return words.say("safety.reached-stage", { stage: words.name("safetystage", event.stage) });
  return words.say("safety.event", { event: words.say(`event.${event.kind}`), what: words.name("redline", event.reason) });
}

/** Reports and patrols of 30 days beside the middle one of the batch. @param {HTMLElement} panel @param {any[]} villages @param {Map<string, any>} pulses @param {import("../../core/follow.mjs").Screen} screen */
function life(panel, villages, pulses, { words }) {
  const id = panel.dataset.village ?? "";
  const own = pulses.get(id);
  write(find(panel, ".card-homes"), own?.households ? words.say("safety.homes", { count: words.count(own.households) }) : "");
  const entry = villages.filter((row) => row.area_id === id).sort((a, b) => b.year - a.year)[0];
  const batch = entry?.batch;
  const peers = villages.filter((row) => row.batch === batch && row.year === entry?.year).flatMap((row) => pulses.get(row.area_id) ?? []);
  write(find(panel, ".life-base"), batch ? words.say("safety.peers", { batch: words.name("batch", batch), count: peers.length }) : "");
  for (const measure of ["reports", "visits"]) {
    const row = find(panel, `[data-life="${measure}"]`);
    const values = peers.map((peer) => (peer.households ? (1000 * peer[measure]) / peer.households : null)).filter((value) => value !== null).sort((a, b) => a - b);
    const usual = values.length ? values[Math.floor((values.length - 1) / 2)] : null;
    const value = own?.households ? (1000 * own[measure]) / own.households : null;
    const top = Math.max(values[Math.floor(0.95 * (values.length - 1))] ?? 0, value ?? 0) || 1;
    write(find(row, ".value"), words.count(own?.[measure]));
    write(find(row, ".life-rate"), words.decimal(value));
    write(find(row, ".life-usual"), words.decimal(usual));
    find(row, ".bar-fill").style.transform = `scaleX(${Math.min(1, (value ?? 0) / top)})`;
    find(row, ".bar-target").style.left = `${(100 * Math.min(1, (usual ?? 0) / top)).toFixed(1)}%`;
    mark(row, "known", usual === null ? null : "true");
  }
}
