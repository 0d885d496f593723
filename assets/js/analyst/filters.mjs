/** The menu of filters: for each dimension its values, found by typing; what is chosen comes first. */

import { make, write } from "../core/dom.mjs";

const MOST = 8;

/** @param {HTMLElement} sheet @param {import("./desk.mjs").Desk} desk @param {string[]} dimensions */
export function filterMenu(sheet, desk, dimensions) {
  const { words, question } = desk;
  const clear = make("button", { type: "button", class: "link", hidden: !desk.asked.where.length }, words.say("desk.clear"));
  clear.addEventListener("click", () => {
    sheet.hidePopover();
    question.ask({ where: [] });
  });
  sheet.classList.add("menu-filters");
  sheet.replaceChildren(...dimensions.filter((name) => desk.dimensions.has(name)).map((name) => section(name, desk)), clear);
}

/** @param {string} dimension @param {import("./desk.mjs").Desk} desk */
function section(dimension, desk) {
  const { words, source } = desk;
  const title = desk.dimensionName(dimension);
  const list = make("div", { class: "filter-values", role: "group", "aria-label": title });
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "search", class: "filter-find", placeholder: words.say("analyst.find-value"), "aria-label": `${title} ${words.say("analyst.find-value")}`, hidden: true }));
  const fill = async () => {
    const query = new URLSearchParams({ dimension, area: desk.asked.area, q: field.value.trim() });
    const found = await source.ask(`members ${dimension}`, "members", query).catch(() => null);
    if (!found) return;
    const members = found.members ?? found;
    field.hidden = members.length <= MOST && !field.value;
    list.replaceChildren(...values(dimension, members, desk));
  };
  field.addEventListener("input", fill);
  fill();
  return make("section", { class: "filter-part" }, make("h3", {}, title), field, list);
}

/** @param {string} dimension @param {any[]} members @param {import("./desk.mjs").Desk} desk */
function values(dimension, members, desk) {
  const { words, question } = desk;
  const chosen = new Set(question.narrowed(dimension));
  const sorted = [...members].sort((a, b) => Number(chosen.has(String(b.id))) - Number(chosen.has(String(a.id))));
  const more = sorted.length - MOST;
  const boxes = sorted.slice(0, MOST).map((member) => {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
    box.checked = chosen.has(String(member.id));
    box.addEventListener("change", () => question.toggle(dimension, String(member.id)));
    return make("label", { class: "filter-value" }, box, make("span", {}, words.field(member, "name") || String(member.id)));
  });
  const rest = make("p", { class: "filter-more" });
  if (more > 0) write(rest, words.say("desk.more", { count: more }));
  return [...boxes, ...(more > 0 ? [rest] : [])];
}
