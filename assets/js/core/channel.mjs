/** The rows of one (view, area), kept by snapshot and delta; a gap in `seq` makes it ask for a snapshot. */

/**
 * @typedef {Record<string, any>} Row
 * @typedef {{full: boolean, set: Row[], drop: string[]}} Change
 */

export class Channel {
  /** @type {Map<string, Row>} */
  rows = new Map();
  /** @type {number|null} */
  seq = null;
  /** @type {string|null} */
  asOf = null;
  /** @type {string|null} */
  refusal = null;
  key = "";
  /** @type {Set<(channel: Channel, change: Change) => void>} */
  #listeners = new Set();

  /** @param {string} view @param {string} area */
  constructor(view, area) {
    this.view = view;
    this.area = area;
  }

  get loaded() {
    return this.seq !== null;
  }

  /** @param {(channel: Channel, change: Change) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
    if (this.loaded || this.refusal) listener(this, { full: true, set: [...this.rows.values()], drop: [] });
  }

  /** @param {(channel: Channel, change: Change) => void} listener */
  unlisten(listener) {
    this.#listeners.delete(listener);
  }

  get idle() {
    return this.#listeners.size === 0;
  }

  /** @param {{seq: number, as_of: string, key: string, rows: Row[]}} frame */
  reset(frame) {
    this.key = frame.key;
    this.refusal = null;
    this.rows = new Map(frame.rows.map((row) => [String(row[frame.key]), row]));
    this.#advance(frame, { full: true, set: frame.rows, drop: [] });
  }

  /**
   * Apply a delta; false where a frame is missing before it, and then nothing is applied.
   * @param {{seq: number, as_of: string, set?: Row[], drop?: string[]}} frame
   */
  apply(frame) {
    if (this.seq === null || frame.seq !== this.seq + 1) return false;
    const set = frame.set ?? [];
    const drop = (frame.drop ?? []).map(String);
    for (const key of drop) this.rows.delete(key);
    for (const row of set) this.rows.set(String(row[this.key]), row);
    this.#advance(frame, { full: false, set, drop });
    return true;
  }

  /** @param {string} reason */
  refuse(reason) {
    this.refusal = reason;
    this.#tell({ full: true, set: [], drop: [] });
  }

  /** Forget the position, so that only a snapshot counts. */
  forget() {
    this.seq = null;
  }

  /** @param {{seq: number, as_of: string}} frame @param {Change} change */
  #advance(frame, change) {
    this.seq = frame.seq;
    this.asOf = frame.as_of;
    this.#tell(change);
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.#listeners) listener(this, change);
  }
}
