/** The clusters of urban grids, each a picture of its own; silent ones carry a mark. */

import { find, make, write } from "../../core/dom.mjs";
import { address, choose, chosenOf, clusters, hoursOf, measure, silentOf } from "./force.mjs";
import { shortName } from "./names.mjs";
import { Picture } from "./picture.mjs";
import { showing } from "./showing.mjs";

const MOST = 3;

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function clusterMaps(panel, screen) {
  const { words, geography } = screen;
  /** @type {Map<string, any>} */
  let grids = new Map();
  /** @type {string[][]} */
  let groups = [];
  let known = "";
  const card = (/** @type {string} */ id) => said(id, grids.get(id), screen);
  const rooms = [...panel.querySelectorAll(".cluster")].map((room) => {
    const options = { label: words.say("grids.map"), level: "grid", lines: ["township"], choose, card };
    return { room: /** @type {HTMLElement} */ (room), picture: new Picture(find(room, ".picture-room"), geography, options) };
  });
  showing(panel, screen, address, "grid_force", async (channel) => {
    grids = channel.rows;
    const ids = [...grids.keys()].sort();
    if (known !== ids.join()) groups = clusters(ids, (await geography.shapes("grid")).features).slice(0, MOST);
    known = ids.join();
    panel.dataset.clusters = String(groups.length);
    const told = state(grids, screen);
    await Promise.all(rooms.map(async ({ room, picture }, at) => {
      const group = groups[at] ?? [];
      room.hidden = !group.length;
      if (!group.length) return;
      write(find(room, ".cluster-name"), nameOf(group, screen));
      await picture.open(group);
      picture.tell({ ...told, labels: streets(group, grids, screen), callout: group.includes(told.chosen) ? callout(told.chosen, grids, screen) : "" });
    }));
    legend(panel, [...grids.values()], screen);
    panel.dataset.ready = "true";
  }, { minutes: true });
}

/** @param {Map<string, any>} grids @param {import("../../core/follow.mjs").Screen} screen */
function state(grids, screen) {
  const { shade } = measure(screen.clock.now());
  const silent = silentOf(grids.values(), screen.clock.now());
  return {
    paint: (/** @type {string} */ id) => {
      const found = shade(grids.get(id));
      return found === null ? "unknown" : `s${found}`;
    },
    marks: silent.map(({ area_id: id }) => ({ id, urgency: /** @type {"due_soon"} */ ("due_soon") })),
    chosen: chosenOf(grids.values(), screen),
  };
}

/** The county or town a cluster lies in. @param {string[]} group @param {import("../../core/follow.mjs").Screen} screen */
function nameOf(group, screen) {
  const { geography, words } = screen;
  const level = (/** @type {number} */ depth) => [...new Set(group.map((id) => geography.path(id)[depth]))];
  const streets = level(2);
  const around = streets.length === 1 ? streets : level(1);
  return words.say("grids.cluster", { name: around.map((id) => shortName(screen, id)).join(words.say("grids.and")), count: words.count(group.length) });
}

/** @param {string[]} group @param {Map<string, any>} grids @param {import("../../core/follow.mjs").Screen} screen */
function streets(group, grids, screen) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const id of group) found.set(grids.get(id)?.street_id, [...(found.get(grids.get(id)?.street_id) ?? []), id]);
  return found.size < 2 ? [] : [...found].map(([street, ids]) => ({ text: shortName(screen, street), ids }));
}

/** @param {string} id @param {Map<string, any>} grids @param {import("../../core/follow.mjs").Screen} screen */
function callout(id, grids, screen) {
  const row = grids.get(id);
  const hours = row && hoursOf(row, screen.clock.now());
  const silent = row?.silent && screen.words.say("grids.silent-for", { hours: screen.words.count(hours) });
  return [shortName(screen, id), silent].filter(Boolean).join("\n");
}

/** @param {string} id @param {any} row @param {import("../../core/follow.mjs").Screen} screen */
function said(id, row, screen) {
  const { words, clock } = screen;
  const { name, value } = measure(clock.now());
  const found = row ? value(row) : null;
  const number = found === null ? words.say("unknown") : name === "force" || name === "density" || name === "hours" ? words.decimal(found) : words.count(found);
  return `${shortName(screen, id)} · ${words.say(`gridvalue.${name}`, { value: number })}`;
}

/** @param {HTMLElement} panel @param {any[]} rows @param {import("../../core/follow.mjs").Screen} screen */
function legend(panel, rows, { words, clock }) {
  const { name, period, steps, dark } = measure(clock.now());
  const when = name === "load" || name === "hours" ? "" : words.say(`gridperiod.${period}`);
  write(find(panel, ".scale-title"), [words.say(`gridscale.${name}`), when].filter(Boolean).join(" · "));
  const texts = [words.say("grids.below", { value: steps[0] }), ...steps.slice(1).map(String), words.say("grids.above", { value: steps[4] })];
  const cells = texts.map((text, at) => make("span", { class: "scale-cell" }, make("i", { "data-shade": dark ? 5 - at : at }), text));
  const scale = find(panel, ".scale-cells");
  const shape = JSON.stringify([name, period]);
  if (scale.dataset.shape !== shape) scale.replaceChildren(...cells);
  scale.dataset.shape = shape;
  write(find(panel, ".scale-silent .value"), words.count(rows.filter(({ silent }) => silent).length));
}
