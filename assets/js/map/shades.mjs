/**
 * Ways to shade the areas of a map, by name: a map takes the one named in its `data-shade` (`area_map(context, shade="…")`),
 * and without it shows open cases a thousand people. A screen registers its own before its maps open.
 *
 *     registerShade("hours", {
 *       view: "grids", level: "grid",
 *       value: (row) => row.hours,
 *       breaks: [4, 8, 12, 24, 48],
 *       colours: ["--sequential-5", "--sequential-4", "--sequential-3", "--sequential-2", "--sequential-1", "--sequential-0"],
 *       card: (row, words) => words.say(OWN_WORDS, { hours: row.hours }),
 *     });
 *     registerShade("batch", {
 *       view: "safety_creation", level: "village", value: (row) => row.batch,
 *       categories: ["named", "first", "second"], colours: ["--batch-0", "--batch-1", "--batch-2"],
 *       marks: { view: "safety_creation", mark: (row) => row.breach && { id: row.area_id, urgency: "overdue" } },
 *     });
 */

/**
 * @typedef {{id: string, urgency: "overdue"|"due_soon"|"open"|"square", lon?: number, lat?: number}} Mark without a point it
 *   stands in the middle of the area `id`
 * @typedef {object} Shading
 * @property {string} view whose rows shade the areas
 * @property {string} [level] the one level that is shaded; else the one that fits the zoom
 * @property {(row: any) => string} [area] the area of a row; else its `area_id`
 * @property {(row: any) => number|string|null} value null where the area is not shaded
 * @property {number[]} [breaks] between numbers, ascending
 * @property {string[]} [categories] the values there are, instead of breaks
 * @property {string[]} colours tokens: one more than breaks, or one a category
 * @property {string} [none] token of an area without a value
 * @property {(row: any, words: import("../core/words.mjs").Words) => string} [card] what a hovered area says behind its name
 * @property {{view: string, mark: (row: any) => Mark|null|false|undefined}|null} [marks] instead of the open cases; null: none
 */

/** @type {Map<string, Shading>} */
const known = new Map();

/** Give a way to shade its name. @param {string} name @param {Shading} shading */
export function registerShade(name, shading) {
  known.set(name, shading);
}

/** The way of that name, or none: then the map shows open cases. @param {string|undefined} name @returns {Shading|null} */
export function shading(name) {
  return known.get(name ?? "") ?? null;
}

/** What an area's feature-state holds: the number, or the place of its category; -1 where it is not shaded. @param {Shading} way @param {any} row */
export function encode(way, row) {
  const value = row ? way.value(row) : null;
  if (value === null || value === undefined) return -1;
  return way.categories ? way.categories.indexOf(String(value)) : Number(value);
}

/** The colours as `step` between encoded values. @param {Shading} way @param {(name: string) => string} token */
export function stepColours(way, token) {
  const breaks = way.breaks ?? way.colours.slice(1).map((_, at) => at + 0.5);
  const [first, ...rest] = way.colours;
  const steps = rest.flatMap((colour, at) => [breaks[at], token(colour)]);
  return ["step", ["coalesce", ["feature-state", "value"], -1], token(way.none ?? "--map-land"), -0.5, token(first), ...steps];
}
