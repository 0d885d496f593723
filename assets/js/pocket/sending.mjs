/** The page's side of the outbox: what waits, what was received; tries again when there is a network. */

import { address, EXERCISE } from "../core/page.mjs";
import { all, CHANNEL, drop, flush, keep, SYNC } from "./outbox.mjs";

const AGAIN = 10_000;

/** @typedef {import("./outbox.mjs").Entry} Entry */

/** Hears `change`, and `arrived` (detail: the entry) when what had to wait was received or refused. */
export class Sending extends EventTarget {
  /** @type {Entry[]} */
  entries = [];
  #timer = 0;
  /** What did not arrive at the first try: who pressed it is told when it does. @type {Set<string>} */
  #late = new Set();

  /** @param {import("../core/stream.mjs").Stream} stream */
  constructor(stream) {
    super();
    this.root = address("");
    new BroadcastChannel(CHANNEL).onmessage = () => this.#look();
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.flush());
    stream.addEventListener("open", () => this.flush());
    this.#look().then(() => this.flush());
  }

  /** @param {...string} states */
  count(...states) {
    return this.entries.filter(({ state }) => states.includes(state)).length;
  }

  get waiting() {
    return this.count("waiting", "sending");
  }

  /** Keep a report or a command and try to send it. @param {Omit<Entry, "state">} entry @returns {Promise<Entry|undefined>} as it is after the first try */
  async add(entry) {
    await keep({ ...entry, exercise: EXERCISE, state: "waiting" });
    await this.#look();
    await this.flush();
    const after = this.entries.find(({ id }) => id === entry.id);
    if (after?.state === "waiting" || after?.state === "sending") this.#late.add(entry.id);
    return after;
  }

  /** @param {string} id */
  async drop(id) {
    await drop(id);
    await this.#look();
  }

  /** Send what waits, now and, as long as something waits, again. */
  async flush() {
    clearTimeout(this.#timer);
    if (!this.waiting) return;
    const done = await flush(this.root);
    await this.#look();
    if (done) return;
    this.#timer = setTimeout(() => this.flush(), AGAIN);
    // where the browser can, it sends even after this page is closed
    const worker = await navigator.serviceWorker?.getRegistration(address("pocket"));
    await /** @type {any} */ (worker)?.sync?.register(SYNC).catch(() => {});
  }

  async #look() {
    this.entries = await all();
    this.dispatchEvent(new Event("change"));
    for (const entry of this.entries) {
      const arrived = (entry.state === "sent" || entry.state === "refused") && this.#late.delete(entry.id);
      if (arrived) this.dispatchEvent(new CustomEvent("arrived", { detail: entry }));
    }
  }
}

/** A name for a report that no other has. */
export function identity() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
