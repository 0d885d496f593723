/** The auditor's section: search who did what, when, where and from which device; prove that the record is whole. */

import { find, make, write } from "../core/dom.mjs";
import { deviceOf, moment, subjectOf, summary } from "./audit_words.mjs";
import { ask } from "./opening.mjs";

const COLUMNS = ["number", "at", "user", "act", "what", "where", "device", "detail"];
const FIELDS = [["user", "text"], ["act", "select"], ["what", "text"], ["device", "text"], ["since", "datetime-local"], ["until", "datetime-local"]];
const ACTS = ["command", "refused_command", "sealed", "export", "sign_in", "sign_out", "view_as", "deed", "pairing", "denied", "read_audit"];
const LIMIT = 50;

export class AuditSection {
  /** @type {number|null} */
  #older = null;

  /** @param {HTMLElement} section @param {import("../core/words.mjs").Words} words @param {string} timeZone */
  constructor(section, words, timeZone) {
    [this.section, this.words, this.timeZone] = [section, words, timeZone];
    this.rows = find(section, ".section-rows");
    this.body = make("tbody");
    this.form = this.#search();
    this.more = make("button", { type: "button", class: "button-plain audit-more", hidden: true }, words.say("admin.audit.older"));
    this.more.addEventListener("click", () => this.#fill(this.#older));
    section.insertBefore(this.form, this.rows);
    section.insertBefore(this.#proof(), this.form);
    section.append(this.more);
  }

  /** Show the latest entries that fit. */
  start() {
    return this.#fill(null);
  }

  #search() {
    const { words } = this;
    const fields = FIELDS.map(([name, type]) => make("label", { class: "field" }, make("span", {}, words.say(`admin.audit.${name}`)), this.#field(name, type)));
    const clear = make("button", { type: "reset", class: "button-plain" }, words.say("admin.audit.clear"));
    const go = make("button", { class: "button-main" }, words.say("admin.audit.search"));
    const form = /** @type {HTMLFormElement} */ (make("form", { class: "audit-search", role: "search" }, ...fields, make("div", { class: "audit-buttons" }, go, clear)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#fill(null);
    });
    // the fields are empty only after the event
    form.addEventListener("reset", () => setTimeout(() => this.#fill(null)));
    return form;
  }

  /** @param {string} name @param {string} type */
  #field(name, type) {
    const { words } = this;
    if (type !== "select") return make("input", { name, type, maxlength: 200, autocomplete: "off", step: type === "text" ? null : 1 });
    const all = make("option", { value: "" }, words.say("admin.audit.every"));
    return make("select", { name }, all, ...ACTS.map((act) => make("option", { value: act }, words.name("admin.act", act))));
  }

  /** A button that has the whole chain proven, and what it found. */
  #proof() {
    const { words } = this;
    const kept = /** @type {HTMLInputElement} */ (make("input", { name: "head", maxlength: 100, autocomplete: "off", spellcheck: "false", placeholder: words.say("admin.audit.head-form") }));
    const told = make("p", { class: "audit-proof", role: "status" });
    const verify = /** @type {HTMLButtonElement} */ (make("button", { class: "button-main" }, words.say("admin.audit.verify")));
    const form = make("form", { class: "audit-verify" }, make("label", { class: "field" }, make("span", {}, words.say("admin.audit.head")), kept), verify, told);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      verify.disabled = true;
      const head = kept.value.trim();
      const found = await ask(`api/audit/verify${head ? `?head=${encodeURIComponent(head)}` : ""}`).catch((error) => ({ error }));
      verify.disabled = false;
      told.dataset.proof = found.error ? "unread" : found.broken ? "broken" : "whole";
      told.replaceChildren(...this.#proven(found, head));
    });
    return form;
  }

  /** @param {any} found @param {string} kept */
  #proven({ count, head, broken, error }, kept) {
    const { words } = this;
    if (error) return [error.code === "unreadable" ? words.say("admin.audit.no-head") : this.#why(error)];
    if (broken) return [words.say("admin.audit.broken", { number: words.count(broken.number), fault: words.say(`admin.fault.${broken.fault}`), count: words.count(count) })];
    const same = kept ? words.say("admin.audit.same", { number: words.count(Number(kept.split(":")[0])) }) : "";
    return [words.say("admin.audit.whole", { count: words.count(count), same }), make("code", {}, head)];
  }

  /** @param {number|null} before */
  async #fill(before) {
    const { words } = this;
    const asked = new URLSearchParams({ limit: String(LIMIT), ...(before ? { before: String(before) } : {}) });
    for (const [name, value] of new FormData(this.form)) {
      if (value) asked.set(name, name === "since" || name === "until" ? moment(String(value), this.timeZone) : String(value).trim());
    }
    this.rows.ariaBusy = "true";
    try {
      const { entries, total, next } = await ask(`api/audit?${asked}`);
      if (!before) this.body.replaceChildren();
      this.body.append(...entries.map((/** @type {any} */ entry) => this.#row(entry)));
      write(find(this.section, ".section-count"), words.count(total));
      const head = make("thead", {}, make("tr", {}, ...COLUMNS.map((column) => make("th", { scope: "col" }, words.say(`admin.audit.${column}`)))));
      if (this.body.childElementCount) this.rows.replaceChildren(make("table", { class: "audit-table" }, head, this.body));
      else this.rows.replaceChildren(make("p", { class: "section-none" }, words.say(next ? "admin.audit.none-yet" : "admin.nothing")));
      this.#older = next;
      this.more.hidden = !next;
    } catch (error) {
      this.more.hidden = true;
      this.rows.replaceChildren(make("p", { class: "section-none" }, words.say("admin.not-yet", { reason: this.#why(error) })));
    }
    this.rows.ariaBusy = "false";
  }

  /** @param {any} error */
  #why(error) {
    return error.code === "away" ? this.words.say("refusal.sign-in.away") : error.message;
  }

  /** @param {any} entry */
  #row(entry) {
    const { words } = this;
    const who = entry.user ?? (entry.address ? words.say("admin.audit.nobody") : words.say("admin.audit.console"));
    const seen = entry.seen_by ? [make("span", { class: "audit-by" }, words.say("admin.audit.by", { user: entry.seen_by }))] : [];
    const device = deviceOf(entry, words);
    const roles = entry.roles.map((/** @type {string} */ role) => words.name("me.role", role)).join(" · ");
    const cells = [
      make("td", { class: "value", title: entry.hash }, String(entry.number)),
      make("td", { class: "value", title: entry.at }, `${words.time("day", entry.at)} ${words.time("second", entry.at)}`),
      make("td", {}, who, make("span", { class: "audit-roles" }, roles), ...seen),
      make("td", { "data-act": entry.act }, words.name("admin.act", entry.act)),
      make("td", {}, subjectOf(entry, words)),
      make("td", { title: entry.where }, entry.where),
      make("td", { title: entry.device }, device),
      make("td", { class: "audit-detail" }, ...this.#detail(entry.detail)),
    ];
    return make("tr", {}, ...cells);
  }

  /** @param {any} detail */
  #detail(detail) {
    const told = Object.entries(detail ?? {}).filter(([, value]) => value !== null && value !== "" && (!Array.isArray(value) || value.length));
    if (!told.length) return [];
    const whole = told.map(([name, value]) => `${name}: ${typeof value === "object" && !Array.isArray(value) ? JSON.stringify(value) : value}`);
    return [make("details", {}, make("summary", {}, summary(whole)), make("code", {}, whole.join("\n")))];
  }
}
