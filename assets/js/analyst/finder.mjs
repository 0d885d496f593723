/** The metric finder: every metric by group, with its present value; found by name, pinyin, initials or English. */

import { find, make, mark, write } from "../core/dom.mjs";

/** How many values are asked for at once, so that the answers themselves are never kept waiting. */
const LANES = 2;
const GROUPS = ["closure", "time", "quality", "voice", "volume", "force"];

export class Finder {
  /** @type {Map<string, HTMLElement>} */
  rows = new Map();
  #round = 0;

  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk */
  constructor(part, desk) {
    this.part = part;
    this.desk = desk;
    this.list = find(part, ".finder-list");
    const { words } = desk;
    this.field = /** @type {HTMLInputElement} */ (
      make("input", { type: "search", class: "finder-field", placeholder: words.say("analyst.find"), "aria-label": words.say("analyst.find"), autocomplete: "off", spellcheck: "false" })
    );
    find(part, "kbd").before(this.field);
    this.field.addEventListener("input", () => this.#filter());
    part.addEventListener("keydown", (event) => this.#key(event));
  }

  /** List the catalogue, group by group. */
  fill() {
    const { desk } = this;
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    for (const metric of [...desk.metrics.values()].sort((a, b) => order(a) - order(b))) {
      const { group } = metric.said;
      if (!groups.has(group)) {
        const head = make("h3", { class: "finder-group" }, desk.words.field(metric.said, "group"));
        groups.set(group, make("div", { class: "finder-part", role: "group", "aria-label": head.textContent }, head));
      }
      const row = make("button", { type: "button", class: "finder-row", "data-metric": metric.name }, make("span", { class: "finder-name" }, metric.title), make("span", { class: "finder-value" }));
      row.title = desk.words.field(metric.said, "what");
      row.addEventListener("click", () => desk.question.ask({ metric: metric.name }));
      this.rows.set(metric.name, row);
      groups.get(group)?.append(row);
    }
    this.list.replaceChildren(...groups.values());
  }

  /** Mark the metric that is asked, and say where and when the values are of. */
  show() {
    const { desk } = this;
    for (const [name, row] of this.rows) {
      const here = name === desk.metric.name;
      row.setAttribute("aria-current", String(here));
      if (here && !this.part.contains(document.activeElement)) row.scrollIntoView({ block: "nearest" });
    }
    const count = desk.words.count(this.rows.size);
    write(find(this.part, ".finder-title"), desk.words.say("analyst.metrics-of", { count }));
    write(find(this.part, ".finder-where"), `${desk.areaName()} · ${desk.periodName}`);
  }

  /** Ask for every metric's present value, a few at a time, the group that is open first. */
  async values() {
    this.#round += 1;
    const round = this.#round;
    const { desk } = this;
    const group = desk.metric.said.group;
    const names = [...desk.metrics.values()].sort((a, b) => Number(b.said.group === group) - Number(a.said.group === group));
    const lane = async (/** @type {number} */ number) => {
      for (let metric = names.shift(); metric && round === this.#round; metric = names.shift()) {
        const answer = await desk.source.ask(`value ${number}`, "answer", desk.query({}, { metric })).catch(() => undefined);
        if (round === this.#round && answer !== null) this.#value(metric, answer?.total);
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  }

  /** @param {import("./metric.mjs").Metric} metric @param {any} total */
  #value(metric, total) {
    const row = this.rows.get(metric.name);
    if (!row) return;
    const value = total?.value ?? null;
    const unit = metric.unit === "hours" && value !== null ? ` ${metric.unitText}` : "";
    write(find(row, ".finder-value"), metric.text(value) + unit);
  }

  focus() {
    this.field.focus();
    this.field.select();
  }

  #filter() {
    const wanted = this.field.value.trim().toLowerCase().replaceAll(" ", "");
    for (const [name, row] of this.rows) row.hidden = Boolean(wanted) && !this.#matches(name, wanted);
    for (const group of this.list.children) {
      /** @type {HTMLElement} */ (group).hidden = !group.querySelector(".finder-row:not([hidden])");
    }
    const none = ![...this.rows.values()].some((row) => !row.hidden);
    mark(this.list, "empty", none ? this.desk.words.say("analyst.no-metric", { text: this.field.value }) : "");
  }

  /** @param {string} name @param {string} wanted */
  #matches(name, wanted) {
    const { said } = /** @type {import("./metric.mjs").Metric} */ (this.desk.metrics.get(name));
    const spelt = this.desk.words.messages[`pinyin.${name}`] ?? "";
    const initials = spelt.split(" ").map((syllable) => syllable[0] ?? "").join("");
    const all = [said.name_zh, said.name_en, name, spelt].map((text) => text.toLowerCase().replace(/[ _-]/g, ""));
    return [...all, initials].some((text) => text.includes(wanted));
  }

  /** Arrows walk the list, Enter takes the first, Esc clears. @param {KeyboardEvent} event */
  #key(event) {
    const rows = [...this.rows.values()].filter((row) => !row.hidden);
    const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === "ArrowDown") rows[Math.min(at + 1, rows.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at <= 0 ? this.field : rows[at - 1]).focus();
    else if (event.key === "Enter" && at < 0) rows[0]?.click();
    else if (event.key === "Escape" && this.field.value) {
      this.field.value = "";
      this.#filter();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** The groups in the order of the loop; one that is not known comes last. @param {import("./metric.mjs").Metric} metric */
function order({ said }) {
  const at = GROUPS.indexOf(said.group);
  return at < 0 ? GROUPS.length : at;
}
