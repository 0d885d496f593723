/** The line of tools: the path of areas, the period, what it is compared with, what it is narrowed to, share. */

import { find, make, mark, write } from "../core/dom.mjs";
import { PERIODS } from "./calendar.mjs";
import { filterMenu } from "./filters.mjs";
import { chooser, menu } from "./menu.mjs";

/** What an analyst narrows by, in the order of the menu. */
export const NARROWED = ["channel", "category_group", "category", "unit", "priority"];

export class Tools {
  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.periodMenu = menu(find(part, '[data-menu="period"]'), (sheet) => this.#periods(sheet));
    this.filterMenu = menu(find(part, '[data-menu="filters"]'), (sheet) => filterMenu(sheet, desk, NARROWED));
    for (const button of this.#compares()) button.addEventListener("click", () => this.#compare(button.dataset.compare ?? ""));
    for (const button of desk.root.querySelectorAll('[data-do="share"], [data-do="copy"]')) {
      menu(/** @type {HTMLElement} */ (button), (sheet) => this.#share(sheet));
    }
  }

  /** @returns {HTMLElement[]} */
  #compares() {
    return [...this.part.querySelectorAll("[data-compare]")].map((one) => /** @type {HTMLElement} */ (one));
  }

  show() {
    const { desk } = this;
    const { words, metric, calendar, asked } = desk;
    this.#crumbs();
    const period = /** @type {HTMLButtonElement} */ (find(this.part, '[data-menu="period"]'));
    period.disabled = !metric.timed;
    write(find(period, ".tool-words"), metric.timed ? `${asked.from ? "" : `${words.say(`period.${asked.period}`)} `}${calendar.range(desk.span)}` : words.say("analyst.present"));
    for (const button of this.#compares()) {
      const name = button.dataset.compare ?? "";
      button.setAttribute("aria-pressed", String(desk.question.compares(name)));
      if (name === "previous") write(button, words.say(`compared.${asked.period === "week" ? "week" : "previous"}`));
      /** @type {HTMLButtonElement} */ (button).disabled = name === "target" ? metric.target === null : !metric.timed;
    }
    this.#filters();
  }

  #filters() {
    const { desk } = this;
    const { words, asked } = desk;
    const told = NARROWED.map((name) => ({ name, count: desk.question.narrowed(name).length })).filter(({ count }) => count);
    const text = told.length ? told.map(({ name, count }) => `${desk.dimensionName(name)} ${count}`).join(" · ") : words.say("analyst.all-rows-kept");
    const opener = find(this.part, '[data-menu="filters"]');
    write(find(opener, ".tool-words"), asked.where.length && !told.length ? words.count(asked.where.length) : text);
    mark(opener, "on", asked.where.length ? "true" : null);
  }

  /** From the city down, then the way further down. */
  #crumbs() {
    const { desk } = this;
    const { geography, words, question, asked } = desk;
    const path = geography.path(asked.area);
    const crumbs = path.flatMap((id, at) => {
      const here = id === asked.area;
      const name = at === 0 ? words.say("analyst.whole-city") : desk.areaName(id);
      const crumb = here ? make("b", { class: "crumb-here", "aria-current": "location" }, name) : make("button", { type: "button", class: "crumb-up" }, name);
      if (!here) crumb.addEventListener("click", () => question.ask({ area: id, by: "" }));
      return at ? [make("span", { class: "crumb-mark", "aria-hidden": "true" }, "›"), crumb] : [crumb];
    });
    const room = find(this.part, ".crumbs");
    const told = [asked.area, path.length, desk.by].join();
    if (room.dataset.told === told) return;
    room.dataset.told = told;
    room.replaceChildren(...crumbs, ...this.#down());
  }

  /** @returns {HTMLElement[]} */
  #down() {
    const { desk } = this;
    const { geography, words, question, asked } = desk;
    const inside = geography.children(asked.area).filter((id) => id !== geography.unknown);
    if (!inside.length) return [];
    const level = geography.areas[inside[0]].level;
    const opener = make("button", { type: "button", class: "crumb-down", "aria-haspopup": "dialog" }, words.say("analyst.below", { count: inside.length, level: words.name("level", level) }), " ▾");
    const holder = make("span", { class: "crumb-holder" }, opener);
    const options = /** @type {[string, string][]} */ (inside.map((id) => [id, desk.areaName(id)]));
    menu(opener, (sheet) => sheet.replaceChildren(chooser(options, "", (area) => question.ask({ area, by: "" }))));
    return [holder];
  }

  /** @param {string} name */
  #compare(name) {
    const { question } = this.desk;
    const now = question.asked.compare.split(",").filter(Boolean);
    question.ask({ compare: (now.includes(name) ? now.filter((one) => one !== name) : [...now, name]).join(",") });
  }

  /** @param {HTMLElement} sheet */
  #periods(sheet) {
    const { desk } = this;
    const { words, calendar, question, span, now } = desk;
    const shut = (/** @type {() => void} */ then) => {
      sheet.hidePopover();
      then();
    };
    const named = chooser(PERIODS.map((name) => [name, `${words.say(`period.${name}`)}  ${calendar.range(calendar.span(name, now))}`]), desk.asked.from ? "" : desk.asked.period, (period) => shut(() => question.ask({ period, from: "", to: "" })));
    const day = (/** @type {string} */ says, /** @type {number} */ at) => /** @type {HTMLInputElement} */ (make("input", { type: "date", "aria-label": says, value: calendar.field(at), max: calendar.field(now) }));
    const [from, to] = [day(words.say("analyst.first-day"), span.from), day(words.say("analyst.last-day"), span.to - 1)];
    const apply = make("button", { type: "submit", class: "button-line" }, words.say("analyst.apply"));
    const form = make("form", { class: "drop-days" }, from, "–", to, apply);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!from.value || !to.value) return;
      const [a, b] = [from.value, to.value].sort();
      shut(() => question.between(calendar.read(a), calendar.read(b, 1)));
    });
    sheet.replaceChildren(named, form);
  }

  /** A link to exactly this answer: its period in days, not "this week". @param {HTMLElement} sheet */
  #share(sheet) {
    const { desk } = this;
    const { words, span, metric, asked } = desk;
    const fixed = metric.timed ? { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() } : {};
    const link = desk.question.address({ ...asked, ...fixed });
    const field = /** @type {HTMLInputElement} */ (make("input", { class: "share-link", readonly: true, value: link, autofocus: true, "aria-label": words.say("analyst.link") }));
    const told = make("p", { role: "status" }, words.say("analyst.link"));
    sheet.replaceChildren(told, field);
    setTimeout(() => field.select());
    navigator.clipboard?.writeText(link).then(() => write(told, words.say("analyst.copied")), () => null);
  }
}
