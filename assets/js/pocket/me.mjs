/** The phone's own page: area, reports, position, what works without a network, installation. */

import { find, write } from "../core/dom.mjs";
import { areaWords } from "./area_button.mjs";
import { Installation } from "./installation.mjs";
import { phone } from "./phone.mjs";

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function me(panel, screen) {
  new Me(panel, screen).start();
}

class Me {
  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.phone = phone(screen);
    this.installation = new Installation(screen);
  }

  start() {
    const { panel, screen, installation } = this;
    const { sending, position } = this.phone;
    const press = (/** @type {string} */ name, /** @type {() => any} */ act) => find(panel, name).addEventListener("click", act);
    press(".me-area-change", () => screen.page.root.dispatchEvent(new Event("citybrain:area")));
    press(".me-send", () => sending.flush());
    press(".me-position-use", () => position.use());
    press(".me-install-now", () => installation.install());
    for (const source of [sending, position, installation, screen.selection]) {
      for (const name of ["change", "area"]) source.addEventListener(name, () => this.#show());
    }
    write(find(panel, ".me-build"), screen.words.say("me.build", { build: screen.page.build }));
    screen.geography.load().then(() => this.#show());
    this.#show();
  }

  /** @param {string} name @param {string} text */
  #tell(name, text) {
    write(find(this.panel, `.me-${name} .me-state`), text);
  }

  #show() {
    const { panel, screen, installation } = this;
    const { words } = screen;
    const { sending, position } = this.phone;
    this.#tell("area", areaWords(screen));
    const counts = { waiting: sending.waiting, sent: sending.count("sent"), refused: sending.count("refused") };
    this.#tell("sent", words.say("me.sent-counts", counts));
    find(panel, ".me-send").hidden = counts.waiting === 0;
    this.#tell("position", this.#position());
    find(panel, ".me-position-use").hidden = position.state === "on" || !position.possible;
    const ready = { ready: words.say("me.offline-ready"), preparing: words.say("me.offline-preparing"), none: words.say("me.offline-none") };
    this.#tell("offline", ready[installation.offline]);
    find(panel, ".me-install").hidden = !installation.offered && !installation.installed;
    find(panel, ".me-install-now").hidden = !installation.offered;
    this.#tell("install", installation.installed ? words.say("me.install-done") : "");
  }

  #position() {
    const { words } = this.screen;
    const { position } = this.phone;
    if (!position.possible) return words.say("position.none");
    const told = {
      off: words.say("position.off"), none: words.say("position.none"), asking: words.say("position.asking"), denied: words.say("position.denied"),
      failed: words.say("position.failed"), on: words.say("position.on", { metres: words.count(position.accuracy) }),
    };
    return told[position.state];
  }
}
