/** The menu of filters: for each dimension the values there are now, with how many rows; found by typing, the chosen first. */

import { make, write } from "../core/dom.mjs";
import { idOf, kept } from "./standing.mjs";
import { named } from "./tiles.mjs";

const MOST = 6;

/** @param {HTMLElement} sheet @param {import("./desk.mjs").Desk} desk @param {string[]} dimensions */
export function filterMenu(sheet, desk, dimensions) {
  const { words, question } = desk;
  const clear = make("button", { type: "button", class: "text-link", hidden: !desk.asked.where.length }, words.say("desk.clear"));
  clear.addEventListener("click", () => {
    sheet.hidePopover();
    question.ask({ where: [] });
  });
  sheet.classList.add("drop-filters");
  sheet.replaceChildren(...dimensions.filter((name) => desk.dimensions.has(name)).map((name) => section(name, desk)), clear);
}

/** @param {string} dimension @param {import("./desk.mjs").Desk} desk */
function section(dimension, desk) {
  const { words } = desk;
  const title = desk.dimensionName(dimension);
  const list = make("div", { class: "filter-values", role: "group", "aria-label": title });
  const says = words.say("analyst.find-value");
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search", class: "filter-find", placeholder: says, "aria-label": `${title} ${says}`, hidden: true }));
  found(dimension, desk).then((all) => {
    field.hidden = all.length <= MOST;
    const show = () => list.replaceChildren(...values(dimension, all, field.value.trim().toLowerCase(), desk));
    field.addEventListener("input", show);
    show();
  });
  return make("section", { class: "filter-part" }, make("h3", {}, title), field, list);
}

/**
 * The values that have rows under all other filters, most rows first; chosen ones stay even without rows.
 * @param {string} dimension @param {import("./desk.mjs").Desk} desk @returns {Promise<{id: string, name: string, n: number}[]>}
 */
async function found(dimension, desk) {
  const where = desk.asked.where.filter((one) => !one.startsWith(`${dimension}:`));
  const answer = await desk.source.ask(`values ${dimension}`, "answer", desk.query({ by: dimension }, { where })).catch(() => null);
  const all = (answer?.rows ?? []).map((/** @type {any} */ row) => ({ id: kept(idOf(row, dimension)), name: desk.rowName({ ...row, ...named(desk, dimension, row) }), n: row.n }));
  const chosen = desk.question.narrowed(dimension);
  for (const id of chosen) if (!all.some((/** @type {any} */ one) => one.id === id)) all.push({ id, name: id, n: 0 });
  return all.sort((/** @type {any} */ a, /** @type {any} */ b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)) || b.n - a.n);
}

/** @param {string} dimension @param {{id: string, name: string, n: number}[]} all @param {string} wanted @param {import("./desk.mjs").Desk} desk */
function values(dimension, all, wanted, desk) {
  const { words, question } = desk;
  const passed = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  const boxes = passed.slice(0, MOST).map(({ id, name, n }) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
    box.checked = question.narrowed(dimension).includes(id);
    box.addEventListener("change", () => question.toggle(dimension, id));
    return make("label", { class: "filter-value" }, box, make("span", { title: name }, name), make("span", { class: "filter-n" }, words.count(n)));
  });
  const more = passed.length - MOST;
  const rest = make("p", { class: "filter-more" });
  if (more > 0) write(rest, words.say("analyst.more-values", { count: more }));
  return [...boxes, ...(more > 0 ? [rest] : [])];
}
