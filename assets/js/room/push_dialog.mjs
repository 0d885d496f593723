/** Before something goes to the wall: what it will show, what it shows now, who goes along, how long, and what is masked. */

import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { called } from "../link/person.mjs";
import { icon } from "./icons.mjs";
import { openLayer } from "./layer.mjs";
import { caseOnWall, drawScene, miniature } from "./miniature.mjs";
import { ask, notify } from "./notice.mjs";
import { followers, sceneName, wallName, walls } from "./scene.mjs";

const [RETURN, LONGEST] = [5, 240];

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {import("../link/room.mjs").Scene} Scene */

/** @param {Screen} screen @param {HTMLElement} anchor */
export function openPush(screen, anchor) {
  new PushDialog(screen, anchor).open();
}

/** What can be cast from here: only pages that the wall has. @param {Screen} screen @param {string[]} pages @returns {Record<string, Scene>} */
export function choices({ selection, maps }, pages) {
  const area = selection.area;
  const hidden_layers = maps.main?.layers?.hidden ?? [];
  /** @type {Record<string, any>} */
  const all = {
    case: selection.case && { page: "focus", case: selection.case, area, extent: null },
    map: { page: pages.includes("map") ? "map" : "overview", case: null, area, extent: maps.box, hidden_layers },
    overview: { page: "overview", case: null, area: selection.rootArea, extent: null, hidden_layers: [] },
  };
  for (const page of pages) if (!["overview", "focus", "map"].includes(page)) all[page] = { page, case: null, area, extent: null };
  return Object.fromEntries(Object.entries(all).filter(([, scene]) => scene));
}

class PushDialog {
  what = "";
  /** @type {number|null} minutes until it goes back by itself */
  minutes = RETURN;

  /** @param {Screen} screen @param {HTMLElement} anchor */
  constructor(screen, anchor) {
    this.screen = screen;
    this.anchor = anchor;
    const holder = /** @type {HTMLElement|null} */ (anchor.closest("[data-pages]") ?? document.querySelector("[data-pages]"));
    this.choices = choices(screen, (holder?.dataset.pages ?? "overview").split(" "));
    this.what = Object.keys(this.choices)[0];
  }

  open() {
    const { words } = this.screen;
    const { dialog, body } = openLayer(this.screen, this.anchor, words.say("room.push-to", { wall: wallName(this.screen) }), "push");
    this.dialog = dialog;
    this.preview = make("div", { class: "mini mini-after", role: "img" });
    body.append(this.#heading(), this.preview, this.#now(), this.#group("what", Object.keys(this.choices)), this.#stay(), this.#privacy(), this.#ways());
    dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#show();
    find(body, ".push-go").focus();
  }

  #heading() {
    const { words } = this.screen;
    const size = walls(this.screen).map(({ health, ...wall }) => /** @type {any} */ (wall).layout ?? health?.layout ?? "").find((name) => /\d/.test(name)) ?? "";
    return make("p", { class: "push-line" }, make("b", {}, words.say("room.after")), make("span", {}, size));
  }

  /** What the wall shows now, and who will change with it. */
  #now() {
    const { words, room } = this.screen;
    const scene = room.scene;
    const along = followers(this.screen).map((member) => called(member, words));
    const said = make("p", {}, !walls(this.screen).length ? words.say("room.no-wall") : along.length ? words.say("room.along", { names: along.join(", ") }) : words.say("room.alone"));
    return make("div", { class: "push-now" }, make("p", { class: "push-label" }, words.say("room.now-shows", { scene: sceneName(scene, this.screen) })), miniature(this.screen, scene, { thumb: true }), said);
  }

  /** @param {"what"|"stay"} name @param {string[]} all */
  #group(name, all) {
    const { words } = this.screen;
    const group = make("div", { class: "push-group", role: "radiogroup", "aria-label": words.say(`room.${name}`), "data-group": name });
    for (const value of all) {
      const text = words.messages[`room.${name}.${value}`] ? words.say(`room.${name}.${value}`) : words.name("scene", value);
      const option = make("button", { type: "button", role: "radio", class: "push-option", "data-value": value }, text);
      option.addEventListener("click", () => this.#choose(name, value));
      group.append(option);
    }
    return make("div", {}, make("p", { class: "push-label" }, words.say(`room.${name}`)), group);
  }

  /** How long it stays: some minutes, or until it is taken back. */
  #stay() {
    const { words } = this.screen;
    const part = this.#group("stay", ["minutes", "hand"]);
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "number", min: 1, max: LONGEST, value: RETURN, class: "push-minutes", "aria-label": words.say("room.minutes") }));
    input.addEventListener("input", () => {
      this.minutes = Math.min(LONGEST, Math.max(0.05, Number(input.value) || RETURN));
      this.#show();
    });
    this.input = input;
    find(part, ".push-group").append(input, make("span", { class: "push-unit", "aria-hidden": "true" }, words.say("room.minutes-unit")));
    return part;
  }

  #privacy() {
    this.note = make("p", { class: "push-privacy" }, icon("shield"), make("span", {}));
    return this.note;
  }

  #ways() {
    const { words } = this.screen;
    const go = make("button", { type: "button", class: "push-go button-main" }, icon("push"), make("span", {}, words.say("room.go")), make("kbd", {}, "↵"));
    const no = make("button", { type: "button", class: "button-plain" }, make("span", {}, words.say("room.cancel")), make("kbd", {}, "Esc"));
    go.addEventListener("click", () => this.#go());
    no.addEventListener("click", () => this.dialog?.close());
    return make("div", { class: "push-ways" }, go, no);
  }

  /** @param {"what"|"stay"} name @param {string} value */
  #choose(name, value) {
    if (name === "what") this.what = value;
    else this.minutes = value === "hand" ? null : Number(this.input?.value) || RETURN;
    this.#show();
  }

  #show() {
    const { words } = this.screen;
    const stay = this.minutes === null ? "hand" : "minutes";
    for (const option of /** @type {NodeListOf<HTMLElement>} */ (this.dialog?.querySelectorAll(".push-option"))) {
      const chosen = option.dataset.value === this.what || option.dataset.value === stay;
      option.setAttribute("aria-checked", String(chosen));
      option.tabIndex = chosen ? 0 : -1;
    }
    const back = sceneName(this.screen.room.scene, this.screen);
    write(/** @type {any} */ (this.dialog?.querySelector('[data-value="minutes"]')), words.say("room.stay.minutes", { n: this.minutes ?? this.input?.value ?? RETURN, scene: back }));
    const scene = this.choices[this.what];
    this.preview?.setAttribute("aria-label", sceneName(scene, this.screen));
    if (this.preview) drawScene(this.preview, scene, this.screen);
    this.#tell(scene);
  }

  /** Say what is masked: the rule, and how many fields of this case it touches. @param {Scene} scene */
  async #tell(scene) {
    const { words } = this.screen;
    const line = find(/** @type {HTMLElement} */ (this.note), "span");
    write(line, words.say("room.masked"));
    if (!scene.case) return;
    const count = await masked(scene.case);
    if (count && scene === this.choices[this.what]) write(line, `${words.say("room.masked")} ${words.say("room.masked-count", { count })}`);
  }

  async #go() {
    const { words } = this.screen;
    const scene = this.choices[this.what];
    const go = /** @type {HTMLButtonElement} */ (this.dialog?.querySelector(".push-go"));
    go.disabled = true;
    const done = await ask(this.screen, "push", { ...scene, minutes: this.minutes });
    go.disabled = false;
    if (!done) return;
    this.dialog?.close();
    const text = words.say("room.pushed", { wall: wallName(this.screen), scene: sceneName(scene, this.screen) });
    notify(this.screen, text, { ways: [{ label: words.say("room.undo"), act: () => ask(this.screen, "undo") }] });
  }

  /** Enter casts; arrows choose inside a group. @param {KeyboardEvent} event */
  #key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Enter" && !target.closest(".room-close, .button-plain")) {
      event.preventDefault();
      return void this.#go();
    }
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const group = target.closest("[role=radiogroup]");
    if (!by || !group || target.matches("input")) return undefined;
    event.preventDefault();
    const all = /** @type {HTMLElement[]} */ ([...group.querySelectorAll("[role=radio]")]);
    const next = all[(all.indexOf(target) + by + all.length) % all.length];
    next.click();
    return next.focus();
  }
}

/** How many fields of a case a wall does not get as they are. @param {string} id @returns {Promise<number>} */
async function masked(id) {
  const clear = await fetch(address(`api/cases/${encodeURIComponent(id)}`)).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  const wall = await caseOnWall(id);
  return clear && wall ? differences(clear, wall) : 0;
}

/** @param {any} one @param {any} other @returns {number} */
function differences(one, other) {
  if (one === null || typeof one !== "object") return one === other ? 0 : 1;
  return Object.keys(one).reduce((sum, key) => sum + differences(one[key], other?.[key] ?? null), 0);
}
