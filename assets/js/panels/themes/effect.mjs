/** What the panels of the effect screen share: the address, the measures of each kind, the rows of a view by who they tell of. */

import { Address } from "./address.mjs";

/** @typedef {Record<string, any>} Row */

export const address = new Address({ kind: "unit" });

const PARTS = ["fixed", "rechecked", "satisfied", "kept", "on_time"];

/**
 * By what each kind is put in order, what else is told of it, and which metric an analyst finds it by.
 * @type {Record<string, {view: string, by: string, others: string[], metric: string}>}
 */
const KINDS = {
  unit: { view: "effect", by: "score", others: [...PARTS, "rework", "sign"], metric: "effect_score" },
  area: { view: "effect", by: "score", others: [...PARTS, "ping_pong"], metric: "effect_score" },
  handler: { view: "effect_people", by: "handled_on_time", others: ["checks", "rework"], metric: "on_time_handling_rate" },
  collector: { view: "effect_people", by: "valid", others: [], metric: "valid_report_rate" },
};

/** The kind that is looked at, and how. */
export function looked() {
  const kind = address.get("kind") in KINDS ? address.get("kind") : "unit";
  return { kind, ...KINDS[kind] };
}

/** The measures of each one of a kind. @param {Iterable<Row>} rows @param {string} kind @returns {Map<string, Record<string, Row>>} */
export function measuresOf(rows, kind) {
  /** @type {Map<string, Record<string, Row>>} */
  const found = new Map();
  for (const row of rows) {
    if (row.kind !== kind) continue;
    const one = found.get(row.id) ?? {};
    one[row.measure] = row;
    found.set(row.id, one);
  }
  return found;
}

/** The measures of the area itself. @param {Iterable<Row>} rows @returns {Record<string, Row>} */
export const wholeOf = (rows) => [...measuresOf(rows, "whole").values()][0] ?? {};
