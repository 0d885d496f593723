/** The figures of the urban grids: patrolled, acts, silent, posts, load. */

import { find, mark, write } from "../../core/dom.mjs";
import { address, loadOf, quantile } from "./force.mjs";
import { showing } from "./showing.mjs";

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function strip(panel, screen) {
  const { words, stream, selection } = screen;
  /** @type {any[]} */
  let grids = [];
  /** @type {Map<string, any>} */
  let pace = new Map();
  const figure = (/** @type {string} */ name, /** @type {string} */ value, of = "", note = "", /** @type {string|null} */ urgent = null) => {
    const part = find(panel, `[data-figure="${name}"]`);
    write(find(part, ".value"), value);
    write(find(part, ".figure-of"), of);
    write(find(part, ".figure-note"), note);
    mark(part, "urgent", urgent);
  };
  const show = () => {
    const count = grids.length;
    const share = (/** @type {number|undefined} */ n) => (n === undefined || !count ? words.say("unknown") : words.decimal((100 * n) / count));
    const [patrolled, reports] = [pace.get("patrolled"), pace.get("reports")];
    figure("patrolled", words.count(patrolled?.value), ` / ${words.count(count)}`, words.say("grids.patrolled-note", { share: share(patrolled?.value), before: share(patrolled?.previous) }));
    figure("reports", words.count(reports?.value), words.say("grids.unit-cases"), words.say("grids.reports-note", { before: words.count(reports?.previous) }));
    const silent = grids.filter((row) => row.silent).length;
    figure("silent", words.count(silent), words.say("grids.unit-grids"), words.say("grids.silent-note"), silent ? "true" : null);
    const staffed = grids.filter((row) => row.full_time).length;
    figure("posts", words.count(grids.reduce((sum, row) => sum + row.full_time, 0)), words.say("grids.unit-people"), words.say("grids.posts-note", { count: words.count(count - staffed) }));
    const loads = grids.map(loadOf).filter((load) => load !== null);
    figure("load", words.count(quantile(loads, 0.9)), words.say("grids.unit-load"), words.say("grids.load-note", { median: words.count(quantile(loads)) }));
  };
  let leave = () => {};
  const enter = () => {
    leave();
    pace = new Map();
    leave = stream.subscribe("patrol_pace", selection.area, (channel) => {
      pace = channel.rows;
      show();
    });
  };
  selection.addEventListener("area", enter);
  enter();
  showing(panel, screen, address, "grid_force", (channel) => {
    grids = [...channel.rows.values()];
    show();
  });
}
