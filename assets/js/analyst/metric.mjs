/** What a metric's values mean: how they are written, what is better, which rows are the bad ones. */

export class Metric {
  /** @param {any} said the catalogue's entry @param {import("../core/words.mjs").Words} words */
  constructor(said, words) {
    Object.assign(this, said);
    this.said = said;
    this.words = words;
    this.name = said.name;
    this.unit = said.unit;
    this.target = said.target ?? null;
    this.minimum = said.minimum ?? 10;
    this.timed = Boolean(said.period);
    this.title = words.field(said, "name");
  }

  /** A share of what could have been: only such has a numerator of whole rows. */
  get ratio() {
    return this.said.kind ? this.said.kind === "ratio" : this.unit === "percent";
  }

  get whole() {
    return this.unit === "cases" || this.unit === "grids";
  }

  /** Whether more is worse. */
  get falls() {
    return this.said.good === "down";
  }

  /** @param {number|null|undefined} value */
  text(value) {
    return this.whole ? this.words.count(value) : this.words.decimal(value);
  }

  /** The word behind a value. */
  get unitText() {
    return this.words.name("unit", this.unit);
  }

  /** @param {number|null|undefined} value */
  full(value) {
    const text = this.text(value);
    if (value === null || value === undefined) return text;
    return this.unit === "percent" ? `${text}%` : `${text} ${this.unitText}`.trim();
  }

  /** A difference, with its sign. @param {number} difference */
  signed(difference) {
    return `${difference < 0 ? "−" : "+"}${this.text(Math.abs(difference))}`;
  }

  /** Whether the whole interval misses the target: only that is red. @param {any} row */
  misses(row) {
    if (this.target === null || !row || row.value === null || row.low === null || row.high === null || row.low === undefined) return false;
    return this.said.good === "up" ? row.high < this.target : this.falls && row.low > this.target;
  }

  /** @param {any} row */
  meets(row) {
    if (this.target === null || row?.value === null || row?.value === undefined) return false;
    return this.falls ? row.value <= this.target : row.value >= this.target;
  }

  /** How many rows went wrong. @param {any} row */
  bad(row) {
    return this.falls ? row.numerator : row.denominator - row.numerator;
  }

  /** The part of the answer that lists them. */
  get badPart() {
    if (!this.ratio) return "denominator";
    return this.falls ? "numerator" : "missed";
  }
}
