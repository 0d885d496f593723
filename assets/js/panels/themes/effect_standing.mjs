/** Who stands where: those of one kind with intervals and ranges of places, and apart those with too few cases. */

import { interval, scaleOf, showInterval } from "../../chart/interval.mjs";
import { find, make, write } from "../../core/dom.mjs";
import { follow } from "../../core/follow.mjs";
import { placesOf } from "../ranking.mjs";
import { address, looked, measuresOf, wholeOf } from "./effect.mjs";

/** @typedef {import("../../core/follow.mjs").Screen} Screen @typedef {import("./effect.mjs").Row} Row */
/** @typedef {{id: string, measures: Record<string, Row>, row: Row}} One */

const LEAST = 0;
const DAY = 86_400_000;
const DAYS = 90;
/** What a masked actor is called. */
const MASKED = "***";

/** @param {HTMLElement} panel @param {Screen} screen */
export function effectStanding(panel, screen) {
  const standing = new Standing(panel, screen);
  screen.geography.load().then(() => standing.start());
}

/** Without the widest intervals, which would leave no room for the others: those go on to the edge. @param {Row[]} rows */
function usual(rows) {
  const wide = (/** @type {Row} */ row) => row.high - row.low;
  return [...rows].sort((a, b) => wide(a) - wide(b)).slice(0, Math.ceil(0.9 * rows.length));
}

class Standing {
  /** @type {Row[]} */
  areas = [];
  /** @type {Row[]|null} */
  people = null;
  asOf = "";
  #leave = () => {};

  /** @param {HTMLElement} panel @param {Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
  }

  start() {
    const { panel, screen } = this;
    follow(panel, screen, "effect", (channel) => {
      this.areas = [...channel.rows.values()];
      this.asOf = channel.asOf ?? "";
      this.#show();
    });
    address.addEventListener("change", () => this.#people());
    screen.selection.addEventListener("area", () => this.#people());
    this.#people();
  }

  /** People are asked for only where they are looked at. */
  #people() {
    this.#leave();
    this.#leave = () => {};
    this.people = null;
    if (looked().view === "effect_people") {
      this.#leave = this.screen.stream.subscribe("effect_people", this.screen.selection.area, (/** @type {any} */ channel) => {
        this.people = channel.refusal ? [] : [...channel.rows.values()];
        this.#show();
      });
    }
    this.#show();
  }

  #show() {
    const { kind, view, by } = looked();
    const rows = view === "effect" ? this.areas : this.people;
    if (!rows || !this.asOf) return;
    /** @type {One[]} */
    const all = [];
    for (const [id, measures] of measuresOf(rows, kind)) if (measures[by]?.denominator) all.push({ id, measures, row: measures[by] });
    // whose place is surest comes first among those who may be first: never the luck of few cases
    const last = Number.MAX_SAFE_INTEGER;
    all.sort(({ row: a }, { row: b }) => (a.rank_low ?? last) - (b.rank_low ?? last) || (a.rank_high ?? last) - (b.rank_high ?? last) || b.denominator - a.denominator || (a.id < b.id ? -1 : 1));
    const ranked = all.filter(({ row }) => row.rank_low !== null);
    const few = all.filter(({ row }) => row.rank_low === null);
    this.#heads(ranked.length, all);
    this.#rows(ranked, few, wholeOf(this.areas)[by]?.value ?? null);
    this.#none(kind, all.length);
  }

  /** @param {number} ranked @param {One[]} all */
  #heads(ranked, all) {
    const { words } = this.screen;
    const { kind, by, others } = looked();
    write(find(this.panel, ".standing-title"), words.say(`effectkind.${kind}`));
    const rule = words.say("effect.standing-rule", { measure: words.say(`effectmeasure.${by}`), ranked: words.count(ranked) });
    const masked = all.some(({ id }) => id === MASKED);
    write(find(this.panel, ".standing-rule"), masked ? words.say("effect.masked") : rule);
    const names = [words.say("effecthead.name"), "", ...[by].map((one) => words.say(`effectmeasure.${one}`)), words.say("effecthead.place"), words.say("effecthead.count"), ...others.map((one) => words.say(`effectmeasure.${one}`))];
    const heads = find(this.panel, ".standing-heads");
    if (heads.dataset.of !== kind) heads.replaceChildren(...names.map((name) => make("span", {}, name)));
    heads.dataset.of = kind;
  }

  /** @param {One[]} ranked @param {One[]} few @param {number|null} whole */
  #rows(ranked, few, whole) {
    const { words } = this.screen;
    const bounds = [...ranked, ...few].map(({ row }) => row);
    const target = whole ?? bounds[0]?.value ?? 0;
    const scale = scaleOf(usual(ranked.length ? ranked.map(({ row }) => row) : bounds), target, LEAST);
    const drawn = (/** @type {One} */ one) => this.#row(one, scale, whole);
    find(this.panel, ".standing-rows").replaceChildren(...ranked.map(drawn));
    find(this.panel, ".few-rows").replaceChildren(...few.map(drawn));
    find(this.panel, ".few").hidden = few.length === 0;
    write(find(this.panel, ".few-head"), words.say("effect.few", { count: words.count(few.length) }));
  }

  /** @param {One} one @param {import("../../chart/interval.mjs").Scale} scale @param {number|null} whole @returns {HTMLElement} */
  #row({ id, measures, row }, scale, whole) {
    const { words } = this.screen;
    const { others } = looked();
    const plot = interval();
    showInterval(plot, { ...row, target: whole ?? row.value }, scale);
    if (whole === null) plot.children[0].remove();
    const share = (/** @type {Row|undefined} */ one) => (one?.denominator ? words.decimal(one.value) : words.say("unknown"));
    const cells = [share(row), row.rank_low === null ? words.say("unknown") : placesOf(row, words), words.count(row.denominator), ...others.map((name) => share(measures[name]))];
    const link = make("a", { class: "standing-row", href: this.#address(id) }, this.#named(id, row), plot, ...cells.map((text, at) => make("span", { class: at ? "row-cell" : "value" }, text)));
    const inside = row.kind === "area" && this.screen.geography.children(id).length > 0;
    if (inside) link.addEventListener("click", (event) => (event.preventDefault(), this.screen.selection.chooseArea(id)));
    return make("li", {}, link);
  }

  /** A name, and below it where that is: a collector's grid, a post's unit. @param {string} id @param {Row} row */
  #named(id, row) {
    const [name, of] = [this.#name(id, row), this.screen.words.field(row, "of")];
    return make("span", { class: "row-name", title: [name, of].filter(Boolean).join(" · ") }, name, ...(of ? [make("small", { class: "row-of" }, of)] : []));
  }

  /** @param {string} id @param {Row} row */
  #name(id, row) {
    const { words } = this.screen;
    if (id === MASKED) return words.say("effect.everybody");
    return words.field(row, "name") || words.person(id);
  }

  /** Where an analyst finds the cases behind a row. @param {string} id */
  #address(id) {
    const { kind, metric } = looked();
    const { page, selection } = this.screen;
    const until = Date.parse(this.asOf);
    const query = new URLSearchParams({ lang: page.language, metric, from: new Date(until - DAYS * DAY).toISOString(), to: new Date(until).toISOString() });
    const area = kind === "area" ? id : selection.area;
    if (area !== selection.rootArea) query.set("area", area);
    if (kind !== "area" && id !== MASKED) query.append("where", `${kind}:${id}`);
    return `/analyst?${query}`;
  }

  /** @param {string} kind @param {number} count */
  #none(kind, count) {
    const { words } = this.screen;
    const note = find(this.panel, ".standing-none");
    note.hidden = count > 0;
    for (const part of [".standing-heads", ".standing-body"]) find(this.panel, part).hidden = count === 0;
    const score = wholeOf(this.areas);
    const at = Object.values(score)[0]?.matures_at;
    const values = { kind: words.say(`effectkind.${kind}`), time: words.time("minute", this.asOf) };
    if (count) return;
    const judged = kind === "unit" || kind === "area";
    const waits = judged && at && !score.score ? words.say("effect.not-yet", { day: words.time("date", at) }) : "";
    write(note, waits || words.say(judged ? "effect.none" : "effect.no-people", values));
  }
}
