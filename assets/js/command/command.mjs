/** Commands of a screen's hand: given once, shown at once, settled by the log, taken back with the reason where refused. */

import { address } from "../core/page.mjs";

/** A network that is away is tried again so often, the same command with the same id. */
const WAITS = [400, 1200, 3000];
/** What no delta settled by then is settled by its own receipt. */
const LONGEST = 4000;

/**
 * @typedef {{command_id: string, case_id: string, state: string|null, last_seq: number, happened_at: string, events: string[], position: number, children: string[]}} Receipt
 * @typedef {{code: string, status: number, message: string, values: Record<string, any>}} Refusal
 * @typedef {{receipt: Receipt|null, refusal: Refusal|null}} Outcome
 * @typedef {{command: string, caseId: string, state: string|null, receipt: Receipt|null, touched: boolean}} Pending `state`: the one it leads to
 * @typedef {{reasons: string[], roles: string[], leads_to: Record<string, string>, stages?: Record<string, any>}} Known
 */

/** @type {WeakMap<object, Commands>} */
const known = new WeakMap();

/** The commands of a screen. @param {import("../core/follow.mjs").Screen} screen */
export function commandsOf(screen) {
  const commands = known.get(screen) ?? new Commands(screen);
  known.set(screen, commands);
  return commands;
}

/**
 * Tells `pending` (detail: case id) when a command is given and when it is settled or taken back, `receipt` and
 * `refusal` (detail: the outcome) when the server answered.
 */
export class Commands extends EventTarget {
  /** @type {Map<string, Pending>} */
  #pending = new Map();
  /** @type {Promise<Record<string, Known>>|null} */
  #table = null;
  /** @type {Map<string, number>} */
  #seen = new Map();

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    super();
    this.screen = screen;
  }

  /** Every command: its coded reasons, its roles, the state it leads to from each. @returns {Promise<Record<string, Known>>} */
  table() {
    this.#table ??= fetch(address("api/v1/commands")).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    }).catch((error) => {
      this.#table = null;
      throw error;
    });
    return this.#table;
  }

  /** What is on its way about a case. @param {string} caseId */
  pending(caseId) {
    return this.#pending.get(caseId) ?? null;
  }

  /** Say how far a hand saw a case: what others did since refuses its next command. @param {string} caseId @param {number|null} lastSeq */
  saw(caseId, lastSeq) {
    if (lastSeq === null) return;
    this.#seen.set(caseId, lastSeq);
    const waiting = this.#pending.get(caseId);
    if (waiting?.receipt && lastSeq >= waiting.receipt.last_seq) this.#settle(caseId);
  }

  /** The stream told that a case changed. @param {string} caseId */
  touched(caseId) {
    const waiting = this.#pending.get(caseId);
    if (!waiting) return;
    waiting.touched = true;
    if (waiting.receipt) this.#settle(caseId);
  }

  /**
   * Give a command; at once it is `pending`, until the log tells of it.
   * @param {string} name @param {string} caseId @param {Record<string, any>} [fields] @param {string|null} [from] the state the case is in
   * @returns {Promise<Outcome>}
   */
  async give(name, caseId, fields = {}, from = null) {
    const body = { command: name, id: crypto.randomUUID(), case_id: caseId, seen: this.#seen.get(caseId) ?? null, ...filled(fields) };
    const leads = await this.table().catch(() => /** @type {Record<string, Known>} */ ({}));
    const waiting = { command: name, caseId, state: (from && leads[name]?.leads_to[from]) || null, receipt: null, touched: false };
    this.#pending.set(caseId, waiting);
    this.#tell("pending", caseId);
    const outcome = await this.#send(JSON.stringify(body));
    if (outcome.receipt) this.#received(waiting, outcome.receipt);
    else this.#settle(caseId);
    this.#tell(outcome.receipt ? "receipt" : "refusal", { ...outcome, command: name, caseId });
    return outcome;
  }

  /** @param {Pending} waiting @param {Receipt} receipt */
  #received(waiting, receipt) {
    waiting.receipt = receipt;
    waiting.state = receipt.state;
    this.#seen.set(receipt.case_id, Math.max(receipt.last_seq, this.#seen.get(receipt.case_id) ?? 0));
    if (waiting.touched) this.#settle(waiting.caseId);
    else setTimeout(() => this.#pending.get(waiting.caseId) === waiting && this.#settle(waiting.caseId), LONGEST);
  }

  /** @param {string} caseId */
  #settle(caseId) {
    if (this.#pending.delete(caseId)) this.#tell("pending", caseId);
  }

  /** @param {string} body @returns {Promise<Outcome>} */
  async #send(body) {
    for (const wait of [...WAITS, null]) {
      try {
        const answer = await fetch(address(`api/v1/commands?lang=${this.screen.page.language}`), {
          method: "POST", body, headers: { "content-type": "application/json", "citybrain-request": "1" },
        });
        if (answer.ok) return { receipt: await answer.json(), refusal: null };
        if (answer.status !== 503 || wait === null) return { receipt: null, refusal: await refused(answer) };
      } catch {
        if (wait === null) break;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return { receipt: null, refusal: { code: "away", status: 0, message: this.screen.words.say("command.away"), values: {} } };
  }

  /** @param {string} type @param {any} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {Response} answer @returns {Promise<Refusal>} */
async function refused(answer) {
  const told = await answer.json().catch(() => ({}));
  const code = told.refused ?? String(answer.status);
  return { code, status: answer.status, message: told.message ?? code, values: told.values ?? {} };
}

/** Leave out what was not filled in. @param {Record<string, any>} fields */
function filled(fields) {
  const empty = (/** @type {any} */ value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !empty(value)));
}
