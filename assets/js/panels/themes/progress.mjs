/** How far the batches are: one cell a batch and stage, as many villages as stand there; a cell shows them. */

import { find, make, mark, write } from "../../core/dom.mjs";
import { address, needed, terms } from "./safety.mjs";
import { showing } from "./showing.mjs";
import { ordered } from "./villages.mjs";

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function progress(panel, screen) {
  const table = find(panel, ".progress-cells");
  table.addEventListener("click", (event) => {
    const cell = /** @type {HTMLElement} */ (event.target).closest("[data-show]");
    if (cell) toggle(/** @type {HTMLElement} */ (cell).dataset.show ?? "all");
  });
  /** @type {any} */
  let last = null;
  const render = (/** @type {any} */ channel) => {
    last = channel;
    draw(table, needed(screen, channel), screen);
  };
  showing(panel, screen, address, "safety_villages", render);
  terms.follow(screen, () => last && render(last));
}

/** Show these villages, or all again. @param {string} show */
export function toggle(show) {
  address.set({ show: address.get("show") === show ? "all" : show });
}

/** @param {HTMLElement} table @param {any[]} villages @param {import("../../core/follow.mjs").Screen} screen */
function draw(table, villages, { words }) {
  const batches = ordered(terms.rows, "batch", villages.map(({ batch }) => batch));
  const stages = ordered(terms.rows, "stage", villages.map(({ stage }) => stage)).sort((a, b) => Number(b === "candidate") - Number(a === "candidate"));
  const counts = new Map();
  for (const { batch, stage, breached } of villages) {
    const cell = counts.get(`${batch}|${stage}`) ?? { count: 0, breached: 0 };
    counts.set(`${batch}|${stage}`, { count: cell.count + 1, breached: cell.breached + Number(breached) });
  }
  const most = Math.max(1, ...[...counts.values()].map(({ count }) => count));
  const shape = JSON.stringify([batches, stages]);
  if (table.dataset.shape !== shape) build(table, batches, stages, words);
  table.dataset.shape = shape;
  for (const batch of batches) {
    const total = villages.filter((row) => row.batch === batch).length;
    write(table.querySelector(`[data-total="${batch}"]`), words.say("safety.villages", { count: words.count(total) }));
    for (const stage of stages) fill(table, batch, stage, counts.get(`${batch}|${stage}`) ?? { count: 0, breached: 0 }, most, words);
  }
}

/** @param {HTMLElement} table @param {string} batch @param {string} stage @param {any} told @param {number} most @param {import("../../core/words.mjs").Words} words */
function fill(table, batch, stage, { count, breached }, most, words) {
  const show = `cell|${batch}|${stage}`;
  const cell = find(table, `[data-show="${show}"]`);
  write(find(cell, ".value"), words.count(count));
  cell.setAttribute("aria-label", words.say("safety.cell-count", { batch: words.name("batch", batch), stage: words.name("safetystage", stage), count: words.count(count) }));
  mark(cell, "shade", count ? String(Math.min(5, 1 + Math.floor((4.999 * count) / most))) : "none");
  cell.setAttribute("aria-pressed", String(address.get("show") === show));
  cell.toggleAttribute("disabled", !count);
  const note = find(/** @type {HTMLElement} */ (cell.parentElement), ".cell-note");
  note.hidden = !breached;
  write(find(note, ".words"), words.say("safety.breached", { count: breached }));
}

/** @param {HTMLElement} table @param {string[]} batches @param {string[]} stages @param {import("../../core/words.mjs").Words} words */
function build(table, batches, stages, words) {
  table.style.setProperty("--columns", String(stages.length));
  const heads = stages.map((stage) => make("span", { class: "cell-head", role: "columnheader" }, words.name("safetystage", stage)));
  const rows = batches.map((batch) => {
    const name = make("div", { class: "batch", role: "rowheader" }, make("b", {}, words.name("batch", batch)), make("span", { "data-total": batch }));
    const cells = stages.map((stage) => {
        const button = make("button", { type: "button", class: "cell", "data-show": `cell|${batch}|${stage}` }, make("span", { class: "value" }));
      const note = make("span", { class: "cell-note", hidden: true }, make("i", { class: "mark mark-overdue" }), make("span", { class: "words" }));
      return make("div", { class: "cell-room", role: "cell" }, button, note);
    });
    return make("div", { class: "batch-row", role: "row" }, name, ...cells);
  });
  table.replaceChildren(make("div", { class: "batch-row batch-heads", role: "row" }, make("span", { role: "cell" }), ...heads), ...rows);
}
