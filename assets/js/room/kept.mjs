/** Scenes that are kept: save this one, show one, delete one; several in turn. */

import { make } from "../core/dom.mjs";
import { icon } from "./icons.mjs";
import { Keeper } from "./keeper.mjs";
import { openLayer } from "./layer.mjs";
import { ask, notify } from "./notice.mjs";
import { sceneName } from "./scene.mjs";

const [DWELL, SHORTEST, LONGEST] = [30, 5, 3600];

/** @typedef {import("../core/follow.mjs").Screen} Screen */

/** @param {Screen} screen @param {HTMLElement} anchor */
export function openKept(screen, anchor) {
  new Kept(screen, anchor).open();
}

class Kept {
  /** @type {Set<string>} presets that are to run in turn */
  #chosen = new Set();

  /** @param {Screen} screen @param {HTMLElement} anchor */
  constructor(screen, anchor) {
    this.screen = screen;
    this.anchor = anchor;
    this.keeper = new Keeper(screen.room);
  }

  async open() {
    const { words, room } = this.screen;
    const { dialog, body } = openLayer(this.screen, this.anchor, words.say("room.kept"), "kept");
    this.presets = make("ol", { class: "kept-list" });
    this.lists = make("ol", { class: "kept-list" });
    body.append(this.#saving(), this.presets, this.#running(), this.lists);
    const again = () => this.#load();
    room.addEventListener("scene", again);
    dialog.addEventListener("close", () => room.removeEventListener("scene", again));
    await this.#load();
  }

  async #load() {
    const { words, room } = this.screen;
    try {
      const { presets, playlists } = await this.keeper.all();
      const none = make("li", { class: "kept-none" }, words.say("room.kept-none"));
      this.presets?.replaceChildren(...(presets.length ? presets.map((preset) => this.#preset(preset)) : [none]));
      this.lists?.replaceChildren(...playlists.map((list) => this.#playlist(list, room.state?.playing?.name === list.name)));
      if (this.turn) this.turn.hidden = presets.length < 2;
    } catch (error) {
      this.presets?.replaceChildren(make("li", { class: "kept-none", role: "alert" }, words.say("room.kept-failed", { reason: String(/** @type {Error} */ (error).message) })));
    }
  }

  #saving() {
    const { words, room } = this.screen;
    const name = this.#field("room.kept-name");
    name.value = sceneName(room.scene, this.screen);
    const form = make("form", { class: "kept-form" }, name, make("button", { type: "submit", class: "button-main" }, words.say("room.save")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = name.value.trim();
      if (wanted) this.#do(() => this.keeper.save(wanted));
    });
    return form;
  }

  #running() {
    const { words } = this.screen;
    const name = this.#field("room.list-name");
    name.value = words.say("room.playlist");
    const dwell = /** @type {HTMLInputElement} */ (make("input", { type: "number", min: SHORTEST, max: LONGEST, value: DWELL, class: "push-minutes", "aria-label": words.say("room.dwell") }));
    const form = make("form", { class: "kept-form", hidden: true }, make("p", {}, words.say("room.turn-hint")), name, dwell, make("span", {}, words.say("room.seconds")), make("button", { type: "submit", class: "button-plain" }, words.say("room.save-list")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const steps = [...this.#chosen];
      const wanted = name.value.trim();
      if (!steps.length || !wanted) return void notify(this.screen, words.say("room.choose-first"));
      const span = Math.min(LONGEST, Math.max(SHORTEST, Number(dwell.value) || DWELL));
      this.#do(() => this.keeper.saveList(wanted, steps, span));
    });
    this.turn = form;
    return form;
  }

  /** @param {string} key */
  #field(key) {
    return /** @type {HTMLInputElement} */ (make("input", { type: "text", class: "kept-name", maxlength: 60, required: true, "aria-label": this.screen.words.say(key) }));
  }

  /** @param {import("./keeper.mjs").Preset} preset */
  #preset({ name, scene }) {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", "aria-label": this.screen.words.say("room.in-turn", { name }) }));
    box.checked = this.#chosen.has(name);
    box.addEventListener("change", () => (box.checked ? this.#chosen.add(name) : this.#chosen.delete(name)));
    const text = make("span", { class: "kept-what" }, make("b", {}, name), make("span", {}, sceneName(scene, this.screen)));
    const show = this.#way("room.show", () => ask(this.screen, "show", /** @type {any} */ ({ extent: null, case: null, ...scene, time: undefined })));
    return make("li", { class: "kept" }, make("label", { class: "kept-box" }, box), text, show, this.#remove(name, () => this.keeper.remove(name)));
  }

  /** @param {import("./keeper.mjs").Playlist} list @param {boolean} runs */
  #playlist({ name, count }, runs) {
    const { words } = this.screen;
    const text = make("span", { class: "kept-what" }, make("b", {}, name), make("span", {}, words.say(runs ? "room.runs" : "room.scenes", { count: words.count(count) })));
    const run = runs ? this.#way("room.stop", () => ask(this.screen, "stop")) : this.#way("room.run", () => ask(this.screen, "play", { playlist: name }));
    return make("li", { class: "kept" }, icon("play"), text, run, this.#remove(name, () => this.keeper.removeList(name)));
  }

  /** @param {string} key @param {() => void} act */
  #way(key, act) {
    const button = make("button", { type: "button", class: "button-plain" }, this.screen.words.say(key));
    button.addEventListener("click", act);
    return button;
  }

  /** @param {string} name @param {() => Promise<void>} act */
  #remove(name, act) {
    const label = this.screen.words.say("room.delete", { name });
    const button = make("button", { type: "button", class: "kept-delete", "aria-label": label, title: label }, icon("clear"));
    button.addEventListener("click", () => this.#do(act));
    return button;
  }

  /** @param {() => Promise<void>} act */
  async #do(act) {
    try {
      await act();
    } catch (error) {
      notify(this.screen, this.screen.words.say("room.denied", { reason: String(/** @type {Error} */ (error).message) }), { kind: "denied" });
    }
    await this.#load();
  }
}
