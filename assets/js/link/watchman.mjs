/** Watches this page from within: what stands still is loaded anew, what fell over is told, and no page lives for ever. */

import { Health } from "./health.mjs";
import { Pictures } from "./pictures.mjs";

const PLACE = "citybrain.alive";
/** Pictures or timers that stand still for longer are broken. */
const STILL = 20_000;
const BEAT = 1000;
const DAY = 24 * 3600_000;
/** So long nothing must have happened in the room before a page is renewed. */
const QUIET = 60_000;
const HEAP = 1500;
/** Not again before so long has passed: a page that does not get well does not flicker. */
const APART = 5 * 60_000;

/** @typedef {{beat?: number, ended?: boolean, crashes?: number, renewed?: number, why?: string}} Kept */

export class Watchman {
  #begun = performance.now();
  #beat = performance.now();
  #moved = performance.now();
  pictures = new Pictures();
  crashes = 0;

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    this.screen = screen;
    const last = kept();
    const fell = last.beat !== undefined && !last.ended;
    this.crashes = (last.crashes ?? 0) + (fell ? 1 : 0);
    keep({ crashes: this.crashes, beat: Date.now(), ended: false });
    addEventListener("pagehide", () => keep({ ended: true }));
    addEventListener("pageshow", () => keep({ ended: false }));
    screen.room.addEventListener("scene", () => (this.#moved = performance.now()));
    screen.stream.addEventListener("recycle", (event) => this.#recycle(/** @type {CustomEvent} */ (event).detail.reason));
    setInterval(() => this.#watch(), BEAT);
  }

  #watch() {
    const now = performance.now();
    const [slept, blind] = [now - this.#beat, document.hidden ? 0 : now - this.pictures.at];
    this.#beat = now;
    keep({ beat: Date.now() });
    if (!this.screen.room.wall) return;
    if (slept > STILL) this.renew("frozen");
    else if (blind > STILL) this.renew("blind");
    else if (this.#quiet && (now - this.#begun > DAY || (Health.heap ?? 0) > HEAP)) this.renew("planned");
  }

  get #quiet() {
    const { room } = this.screen;
    return performance.now() - this.#moved > QUIET && !room.state?.pointer && !room.state?.presenter;
  }

  /** The server asks for a new page: at once for what is new, at a quiet moment for what is old. @param {string} reason */
  #recycle(reason) {
    if (reason !== "planned" || this.#quiet) return void this.renew(reason);
    setTimeout(() => this.#recycle(reason), QUIET);
  }

  /** Load the page anew, if there is one to be had: a wall never gives its last picture for an error page. @param {string} why */
  async renew(why) {
    const { renewed = 0 } = kept();
    if (Date.now() - renewed < APART) return;
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    keep({ renewed: Date.now(), why, ended: true });
    location.reload();
  }
}

/** @returns {Kept} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Kept} part */
function keep(part) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ ...kept(), ...part }));
  } catch {
    // without storage nothing is remembered over a reload
  }
}
