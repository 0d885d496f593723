/** An empty queue: what is none, as of when, and the ways out with what they would find. */

import { find, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";

let asked = "";

/** @param {import("./queue.mjs").Queue} queue */
export function showEmpty(queue) {
  const { panel, screen, filter, found } = queue;
  const { words, geography, selection } = screen;
  const none = Object.values(found).every(({ total }) => total === 0);
  const empty = find(panel, ".queue-empty");
  empty.hidden = !none;
  queue.list.hidden = none;
  if (!none) {
    asked = "";
    return;
  }
  const name = words.field(geography.areas[selection.area] ?? {}, "name") || screen.page.cityName;
  const time = words.time("minute", queue.asOf);
  const told = [...filter.told().map(({ text }) => text), name].join(" · ");
  write(find(empty, ".queue-empty-text"), filter.active ? words.say("desk.none", { what: told, time }) : words.say("desk.empty-area", { area: name, time }));
  const clear = find(empty, ".queue-clear");
  clear.hidden = !filter.active;
  clear.onclick = () => filter.clear();
  widen(empty, queue);
}

/** Say when a case of the area was closed last, and how many the area around it has. @param {HTMLElement} empty @param {import("./queue.mjs").Queue} queue */
async function widen(empty, { screen, filter }) {
  const { words, geography, selection, clock } = screen;
  const above = selection.area === selection.rootArea ? null : (geography.path(selection.area).at(-2) ?? null);
  const wider = find(empty, ".queue-wider");
  const name = above ? words.field(geography.areas[above], "name") : "";
  wider.hidden = !above;
  wider.onclick = () => above && selection.chooseArea(above);
  const question = `${filter.query()} ${above}`;
  if (question === asked) return;
  asked = question;
  write(wider, words.say("desk.wider", { area: name }));
  const query = filter.query();
  const here = await ask(query);
  const last = here?.last_closed;
  write(find(empty, ".queue-empty-last"), last ? words.say("desk.last", { time: words.when(last.closed_at, clock.now()), title: last.title ?? "" }) : "");
  if (!above) return;
  query.set("area", above);
  const there = await ask(query);
  const sum = /** @type {number[]} */ (Object.values(there?.totals ?? {})).reduce((all, one) => all + one, 0);
  if (there && question === asked) write(wider, words.say("desk.wider-count", { area: name, count: words.count(sum) }));
}

/** @param {URLSearchParams} query */
async function ask(query) {
  const answer = await fetch(address(`api/queue?${query}&limit=0`)).catch(() => null);
  return answer?.ok ? answer.json() : null;
}
