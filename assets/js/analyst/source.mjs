/** Questions to the server: each can be told its progress and be cancelled; only the newest answer of a kind counts. */

import { address } from "../core/page.mjs";

const PATIENCE = 400;
const POLL = 500;
/** Questions that nobody waits for. */
const BEHIND = "value ";

/** @typedef {{done: number|null, seconds: number}} Progress */

/** What the server said instead of an answer. */
export class Refused extends Error {}

export class Source extends EventTarget {
  /** @type {Map<string, {id: string, since: number, stop: AbortController}>} */
  running = new Map();
  #timer = 0;

  /**
   * Ask; an unfinished question of the same kind is cancelled. Null: this one was.
   * @param {string} kind @param {string} path @param {URLSearchParams} [query] @returns {Promise<any>}
   */
  async ask(kind, path, query = new URLSearchParams()) {
    this.cancel(kind);
    const asked = { id: crypto.randomUUID?.() ?? fallbackId(), since: performance.now(), stop: new AbortController() };
    this.running.set(kind, asked);
    this.#watch();
    const full = new URLSearchParams(query);
    full.set("id", asked.id);
    try {
      const answer = await fetch(address(`api/analysis/${path}?${full}`), { signal: asked.stop.signal });
      const found = await answer.json().catch(() => ({}));
      if (!answer.ok) throw new Refused(found.detail ?? String(answer.status));
      return found;
    } catch (error) {
      if (asked.stop.signal.aborted) return null;
      throw error;
    } finally {
      if (this.running.get(kind) === asked) this.running.delete(kind);
      this.#tell(null);
    }
  }

  /** Give up a question; the server ends it when it sees that nobody listens. @param {string} kind */
  cancel(kind) {
    const asked = this.running.get(kind);
    if (!asked) return;
    this.running.delete(kind);
    asked.stop.abort();
  }

  /** Give up all that is under way, and tell the server so; false where nothing was waited for. */
  cancelAll() {
    const all = [...this.running];
    for (const [kind, { id }] of all) {
      fetch(address(`api/analysis/cancel/${id}`), { method: "POST", headers: { "citybrain-request": "1" } }).catch(() => null);
      this.cancel(kind);
    }
    this.#tell(null);
    return all.some(([kind]) => !kind.startsWith(BEHIND));
  }

  #watch() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PATIENCE);
  }

  /** Say how far the slowest question is. */
  async #look() {
    const awaited = [...this.running].filter(([kind]) => !kind.startsWith(BEHIND)).map(([, asked]) => asked);
    const slow = awaited.sort((a, b) => a.since - b.since)[0];
    if (!slow) return this.#tell(null, true);
    const told = await fetch(address(`api/analysis/progress/${slow.id}`)).then((answer) => (answer.ok ? answer.json() : null), () => null);
    if (this.running.size) this.#tell({ done: told?.share ?? null, seconds: (performance.now() - slow.since) / 1000 });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), POLL);
    return undefined;
  }

  /** @param {Progress|null} progress @param {boolean} [still] nothing is waited for, though something runs */
  #tell(progress, still = false) {
    if (progress || still || this.running.size === 0) this.dispatchEvent(new CustomEvent("progress", { detail: progress }));
  }
}

/** A page that is not served over a secure line has no `randomUUID`. */
function fallbackId() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  const text = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}
