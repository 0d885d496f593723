/** The rows behind the chosen number: the first of them here, all of them on a sheet of their own. */

import { find, make, mark, write } from "../core/dom.mjs";
import { openSheet } from "./sheet.mjs";
import { kept } from "./standing.mjs";

export const FEW = 20;

export class Rows {
  /** @type {any} */
  answer = null;

  /** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk @param {(id: string) => string} columnName @param {(id: string) => string} rowName */
  constructor(part, desk, columnName, rowName) {
    this.part = part;
    this.desk = desk;
    this.columnName = columnName;
    this.rowName = rowName;
    find(part, '[data-do="unpick"]').addEventListener("click", () => desk.question.choose({}));
    find(part, '[data-do="all-rows"]').addEventListener("click", () => openSheet(desk, this.query(), `${desk.metric.title} · ${desk.areaName()} › ${this.title()}`, this.answer?.total ?? 0));
  }

  /** Which rows: what went wrong of the chosen row and column, or the chosen part of it all. */
  query() {
    const { desk } = this;
    const { row, column, part, where } = desk.asked;
    const narrowed = [...where.filter((one) => !(row && one.startsWith(`${desk.by}:`)) && !(column && one.startsWith(`${desk.cross}:`)))];
    if (row) narrowed.push(`${desk.by}:${kept(row)}`);
    if (column) narrowed.push(`${desk.cross}:${kept(column)}`);
    return desk.query({ part: part || desk.metric.badPart, by: "" }, { where: narrowed });
  }

  title() {
    const { words, asked, metric } = this.desk;
    const part = asked.part || metric.badPart;
    const left = this.paper?.exclusions?.find((/** @type {any} */ one) => one.name === part);
    const name = left ? words.field(left, "name") : words.say(`part.${metric.ratio ? part : "denominator"}`);
    return [asked.row && this.rowName(asked.row), asked.column && this.columnName(asked.column), name].filter(Boolean).join(" › ");
  }

  /** @param {any} answer */
  show(answer) {
    const { words, asked } = this.desk;
    this.answer = answer;
    const count = words.count(answer.total);
    this.head();
    find(this.part, '[data-do="unpick"]').hidden = !(asked.row || asked.column || asked.part);
    const all = find(this.part, '[data-do="all-rows"]');
    all.hidden = !answer.total;
    write(all, `${words.say("analyst.all-rows", { count })} →`);
    const room = find(this.part, ".rows-few");
    mark(room, "empty", answer.total ? "" : words.say("analyst.no-rows"));
    room.replaceChildren(...(answer.total ? [this.#table(answer.rows)] : this.#counted()));
  }

  /** Name what is listed; the names of rows and columns may come later than the rows. */
  head() {
    if (this.answer) write(find(this.part, ".head-words"), `${this.title()} · ${this.desk.rowsText(this.answer.total)}`);
  }

  /** The way from nothing wrong to the rows that count. */
  #counted() {
    const { words, question, asked, metric } = this.desk;
    if (!metric.ratio || asked.part || !(asked.row || asked.column)) return [];
    const button = make("button", { type: "button", class: "text-link" }, words.say("analyst.see-counted"));
    button.addEventListener("click", () => question.choose({ row: asked.row, column: asked.column, part: "denominator" }));
    return [button];
  }

  /** @param {any[]} rows */
  #table(rows) {
    const { words } = this.desk;
    const columns = columnsOf(this.desk);
    const head = make("tr", {}, ...columns.map(({ key, title }) => make("th", { scope: "col", class: `c-${key}` }, title)));
    const body = rows.map((row) => make("tr", {}, ...columns.map(({ key, text }) => this.#cell(key, text(row), row))));
    return make("table", { class: "few-rows", "aria-label": words.say("analyst.rows") }, make("thead", {}, head), make("tbody", {}, ...body));
  }

  /** @param {string} key @param {string} text @param {any} row */
  #cell(key, text, row) {
    if (key === "case_id" && row.state) return make("td", { class: `c-${key}` }, make("a", { href: caseAddress(this.desk, row.id), class: "text-link" }, text));
    const cell = make("td", { class: `c-${key}`, title: text }, text);
    if (key === "state" && late(row)) cell.prepend(make("span", { class: "mark mark-overdue", "aria-hidden": "true" }));
    mark(cell, "late", key === "state" && late(row) ? "true" : null);
    return cell;
  }
}

/** Whether a case is still open past its deadline. @param {any} row */
export function late(row) {
  return !row.closed_at && row.hours_over > 0;
}

/** Where a case is shown whole. @param {import("./desk.mjs").Desk} desk @param {string} id */
export function caseAddress({ words }, id) {
  return `/desk?${new URLSearchParams({ case: id, lang: words.language })}`;
}

/** What is said of each row. @param {import("./desk.mjs").Desk} desk @returns {{key: string, title: string, text: (row: any) => string}[]} */
export function columnsOf({ words, calendar }) {
  const unknown = words.say("unknown");
  const column = (/** @type {string} */ key, /** @type {(row: any) => string} */ text) => ({ key, title: words.say(`column.${key}`), text });
  return [
    column("case_id", (row) => String(row.id)),
    column("title", (row) => row.title || words.field(row, "category") || words.say("case.no-title")),
    column("area", (row) => words.field(row, "area") || unknown),
    column("channel", (row) => words.name("channel", row.channel)),
    column("due", (row) => row.due ? calendar.stamp(Date.parse(row.due)) : unknown),
    column("closed", (row) => row.closed_at ? calendar.stamp(Date.parse(row.closed_at)) : unknown),
    column("over", (row) => (row.hours_over > 0 ? `${words.decimal(row.hours_over)} ${words.say("unit.hours-short")}` : unknown)),
    column("unit", (row) => words.field(row, "unit") || unknown),
    column("state", (row) => (late(row) ? words.say("urgency.overdue") : words.name("status", row.state))),
  ];
}
