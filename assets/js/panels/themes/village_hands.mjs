/** What hands do about one village: its way to the name, who signed, what may be done now and why not the rest. */

import { find, make, write } from "../../core/dom.mjs";
import { address } from "../../core/page.mjs";
import { VillageForm } from "./village_form.mjs";

const WAY = ["candidate", "self_check", "township_review", "county_check", "publicity", "named"];
/** What leads a village on comes first. */
const ONWARD = ["nominate", "self_check", "review", "county_check", "publicise", "sign_naming", "rectify", "keep", "send_back"];

/** @typedef {import("../../core/follow.mjs").Screen} Screen */
/** @typedef {{command: string, allowed: boolean, reason: string|null, message: string|null, roles: string[]}} Ability */

export class VillageHands {
  #shown = "";
  #asked = 0;

  /** @param {HTMLElement} panel @param {Screen} screen */
  constructor(panel, screen) {
    this.screen = screen;
    this.way = find(panel, ".village-way");
    this.element = find(panel, ".village-hands");
    /** @type {VillageForm|null} */
    this.form = null;
  }

  /** Look at a village in a year, anew if `again`. @param {string} village @param {number} year */
  async of(village, year, again = false) {
    const shown = `${village}:${year}`;
    if (!village || (shown === this.#shown && !again)) return;
    if (shown !== this.#shown) this.#close();
    this.#shown = shown;
    const asked = ++this.#asked;
    const { language } = this.screen.page;
    const answer = await fetch(address(`api/v1/creation/${encodeURIComponent(village)}?year=${year}&lang=${language}`)).catch(() => null);
    if (asked !== this.#asked) return;
    const file = answer?.ok ? await answer.json() : null;
    this.element.hidden = !file;
    this.way.hidden = !file?.steps.length;
    if (file) this.#show(file);
  }

  /** @param {any} file */
  #show(file) {
    this.way.replaceChildren(...this.#steps(file));
    if (this.form) return;
    const { words } = this.screen;
    const may = /** @type {Ability[]} */ (file.commands).filter(({ allowed }) => allowed).sort((a, b) => rank(a.command) - rank(b.command));
    const not = /** @type {Ability[]} */ (file.commands).filter(({ allowed }) => !allowed);
    const buttons = may.map(({ command }, at) => {
      const button = make("button", { type: "button", class: `act ${at === 0 && rank(command) < ONWARD.length - 1 ? "act-first" : ""}`, "data-command": command }, words.name("act", command));
      button.addEventListener("click", () => this.#open(command, file));
      return button;
    });
    const fold = make("details", { class: "hands-not" }, make("summary", {}, words.say("creation.others", { count: words.count(not.length) })), make("ul", {}, ...not.map((ability) => this.#refused(ability))));
    this.said ??= make("p", { class: "act-said hands-said", role: "status" });
    this.element.replaceChildren(...this.#waiting(file), make("div", { class: "act-row" }, ...buttons), this.said, fold);
  }

  /** @param {Ability} ability */
  #refused({ command, message }) {
    const { words } = this.screen;
    return make("li", { class: "act-not", "data-command": command }, make("b", {}, words.name("act", command)), make("span", {}, message ?? ""));
  }

  /** @param {any} file */
  #steps({ stage, steps }) {
    const { words } = this.screen;
    const after = steps.map((/** @type {any} */ step) => step.stage).filter((/** @type {string} */ name) => !WAY.includes(name));
    const last = new Map(steps.map((/** @type {any} */ step) => [step.stage, step]));
    const reached = WAY.includes(stage) ? WAY.indexOf(stage) : after.includes(stage) && stage !== "withdrawn" ? WAY.length : -1;
    return [...WAY, ...new Set(after)].map((name, at) => {
      const step = /** @type {any} */ (last.get(name));
      const told = name === stage ? "now" : step && (at < reached || at >= WAY.length) ? "done" : at < reached ? "passed" : "ahead";
      const who = step && told !== "ahead" ? [words.time("day", step.at), step.by ? words.person(step.by) : words.say("creation.fed")] : [];
      return make("li", { "data-step": told, ...(name === stage ? { "aria-current": "step" } : {}) }, make("span", { class: "way-name" }, words.name("safetystage", name)), ...who.map((said) => make("span", { class: "way-who" }, said)));
    });
  }

  /** @param {any} file */
  #waiting({ signatures, stage, public_until: until }) {
    const { words, clock } = this.screen;
    const lines = signatures.map((/** @type {any} */ one) => words.say("creation.signed", { who: words.colleague(one.by), wish: words.name("creation", one.wish) }));
    if (stage === "publicity" && until && Date.parse(until) > clock.now()) lines.unshift(words.say("creation.public-until", { date: words.time("moment", until) }));
    return lines.map((/** @type {string} */ line) => make("p", { class: "hands-waiting" }, line));
  }

  /** @param {string} command @param {any} file */
  #open(command, file) {
    this.form = new VillageForm(this.screen, command, file, (receipt) => {
      this.#close();
      if (receipt) write(/** @type {HTMLElement} */ (this.said), this.screen.words.say("creation.sent", { act: this.screen.words.name("act", command) }));
      this.of(file.area_id, file.year, true);
    });
    this.element.replaceChildren(this.form.element);
    this.form.focus();
  }

  #close() {
    this.form = null;
    if (this.said) write(this.said, "");
  }
}

/** @param {string} command */
const rank = (command) => (ONWARD.includes(command) ? ONWARD.indexOf(command) : ONWARD.length);
