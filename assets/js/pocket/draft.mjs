/** The report being written: kept with every change, so that nothing is lost with the page. */

import { recall, remember } from "./remembered.mjs";

/** @typedef {"gps"|"map"|"area"} How */
/** @typedef {{id: string|null, category: string|null, priority: string, description: string, point: [number, number]|null, accuracy: number, area: string|null, how: How|null}} Draft */

/** @type {Draft} */
const EMPTY = { id: null, category: null, priority: "normal", description: "", point: null, accuracy: 0, area: null, how: null };

/** @returns {Draft} */
export const kept = () => ({ ...EMPTY, ...recall("draft") });

/** @param {Draft} draft */
export const keepDraft = (draft) => remember("draft", isEmpty(draft) ? null : draft);

/** @param {Draft} draft */
export const isEmpty = ({ category, description, point, area }) => !category && !description && !point && !area;

/** A draft of a report that was refused: the same report once more, to be changed. @param {import("./outbox.mjs").Entry} entry @returns {Draft} */
export function again({ id, report }) {
  const { category, priority, description, lon, lat, area } = report;
  const point = /** @type {[number, number]|null} */ (lon === null || lat === null ? null : [lon, lat]);
  return { ...EMPTY, id, category, priority, description, point, area, how: point ? "map" : area ? "area" : null };
}

/** @returns {Draft} */
export const blank = () => ({ ...EMPTY });
