/** Makes the phone's page open without a network, and offers to install it where the browser can. */

import { address } from "../core/page.mjs";

/** @typedef {"none"|"preparing"|"ready"} Offline */

export class Installation extends EventTarget {
  /** @type {Offline} */
  offline = "preparing";
  /** @type {any} the browser's offer, once it made one */
  offered = null;

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor({ page }) {
    super();
    this.#declare(page.language);
    window.addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.#turn({ offered: event });
    });
    window.addEventListener("appinstalled", () => this.#turn({ offered: null }));
    if (navigator.serviceWorker) this.#register();
    else this.#turn({ offline: "none" });
  }

  get installed() {
    return matchMedia("(display-mode: standalone)").matches;
  }

  install() {
    this.offered?.prompt();
    this.#turn({ offered: null });
  }

  /** @param {string} language */
  #declare(language) {
    const link = (/** @type {string} */ rel, /** @type {string} */ href) => {
      if (!document.querySelector(`link[rel="${rel}"]`)) document.head.append(Object.assign(document.createElement("link"), { rel, href: address(href) }));
    };
    link("manifest", `manifest.webmanifest?lang=${language}`);
    link("apple-touch-icon", "assets/icons/pocket-192.png");
  }

  async #register() {
    try {
      await navigator.serviceWorker.register(address("service-worker.js"), { scope: address("pocket"), type: "module" });
      const { active } = await navigator.serviceWorker.ready;
      // what this page needed is what it needs next time without a network
      active?.postMessage({ keep: performance.getEntriesByType("resource").map(({ name }) => name) });
      this.#turn({ offline: "ready" });
    } catch (error) {
      if (navigator.onLine) console.warn(String(error));
      this.#turn({ offline: navigator.serviceWorker.controller ? "ready" : "none" });
    }
  }

  /** @param {Partial<Installation>} change */
  #turn(change) {
    Object.assign(this, change);
    this.dispatchEvent(new Event("change"));
  }
}
