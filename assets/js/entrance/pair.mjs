/** The wall that waits: shows its code, asks each second whether somebody let it in, takes a new code in time. */

import { find, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { ask, opened, opening } from "./opening.mjs";
import { squareCode } from "./square.mjs";

const SECOND = 1000;
/** Between two questions whether somebody let it in; after nobody answered. */
const [ASK, AGAIN] = [1.5 * SECOND, 4 * SECOND];

class Pair {
  /** @type {{code: string, ticket: string, seconds: number}|null} */
  #open = null;
  #ends = 0;

  /** @param {import("./opening.mjs").Opening} page */
  constructor({ root, words }) {
    [this.root, this.words] = [root, words];
  }

  async start() {
    this.#clock();
    setInterval(() => this.#clock(), SECOND);
    await this.#begin();
    opened();
    setTimeout(() => this.#ask(), SECOND);
  }

  /** Take a code, in place of the one before. */
  async #begin() {
    const { code, ticket } = this.#open ?? {};
    const size = { width: Math.round(screen.width * devicePixelRatio), height: Math.round(screen.height * devicePixelRatio) };
    try {
      const told = await ask("api/pairing", { ...size, code, ticket });
      this.#open = told;
      this.#ends = performance.now() + told.seconds * SECOND;
      this.#state("");
      write(find(this.root, ".pair-code"), `${told.code.slice(0, 3)} ${told.code.slice(3)}`);
      find(this.root, ".pair-square").replaceChildren(squareCode(told.qr, told.code));
    } catch (error) {
      this.#open = null;
      write(find(this.root, ".pair-code"), "– – –");
      find(this.root, ".pair-square").replaceChildren();
      this.#state(/** @type {any} */ (error).code === "away" ? "pair.away" : "pair.busy");
    }
    this.#clock();
  }

  async #ask() {
    let wait = ASK;
    if (!this.#open) {
      await this.#begin();
      wait = this.#open ? ASK : AGAIN;
    } else if (performance.now() >= this.#ends) await this.#begin();
    else wait = await this.#claim(this.#open);
    if (wait) setTimeout(() => this.#ask(), wait);
  }

  /** @param {{code: string, ticket: string}} open */
  async #claim({ code, ticket }) {
    try {
      const { state } = await ask(`api/pairing/${code}/claim`, { ticket });
      if (state !== "approved") return this.#state(""), ASK;
      this.#state("pair.approved");
      location.replace(address(`wall${location.search}`));
      return 0;
    } catch (error) {
      const { code: reason } = /** @type {any} */ (error);
      this.#state(reason === "away" ? "pair.away" : reason === "refused" ? "pair.refused" : "");
      if (reason === "away" || reason === "too_often") return AGAIN;
      this.#open = null;
      return AGAIN;
    }
  }

  #clock() {
    write(find(this.root, ".pair-clock"), this.words.time("minute", Date.now()));
    const left = this.#open ? Math.max(0, this.#ends - performance.now()) : 0;
    const seconds = Math.ceil(left / SECOND);
    write(find(this.root, ".pair-left"), this.#open ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "–");
    const rest = this.#open ? left / SECOND / this.#open.seconds : 0;
    find(this.root, ".pair-rest-left").style.width = `${(rest * 100).toFixed(2)}%`;
  }

  /** @param {string} key */
  #state(key) {
    write(find(this.root, ".pair-state"), key ? this.words.say(key) : "");
  }
}

await new Pair(await opening()).start();
