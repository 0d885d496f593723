/** Where each panel of a scene stands: a grid of the configuration on a wall of a given size. No panel, no page: numbers only. */

import { lookOf } from "./looks.mjs";

export const HEAD = 108;
const [MARGIN, FOOT, GAP] = [56, 24, 64];
/** How far a gap may move to lie on a seam. */
const REACH = 180;

/**
 * @typedef {{columns: (number|string)[], rows: number[], areas: string[], keep: string[]}} Arrangement
 * @typedef {{x: number, y: number, w: number, h: number}} Box
 * @typedef {{c: number, r: number, cols: number, rows: number}} Cells
 */

/** The shape whose proportions are nearest. @param {Record<string, {aspect: string, scenes: Record<string, Arrangement>}>} shapes @param {string} scene @param {number} proportion */
export function nearest(shapes, scene, proportion) {
  const far = (/** @type {string} */ name) => {
    const [width, height] = shapes[name].aspect.split(":").map(Number);
    return Math.abs(Math.log(width / height / proportion));
  };
  const able = Object.keys(shapes).filter((name) => shapes[name].scenes[scene]);
  return able.sort((a, b) => far(a) - far(b))[0];
}

/**
 * Place as many panels as find room at the size their text must have, the most important first.
 * @param {Arrangement} arrangement @param {number} width @param {number} height @param {number} seam width between seams, 0 for none
 * @returns {{boxes: Map<string, Box>, columns: {x: number, w: number}[], dropped: string[]}}
 */
export function arrange(arrangement, width, height, seam = 0) {
  const columns = widths(arrangement.columns, width, seam);
  const lines = heights(arrangement.rows, height);
  const all = parse(arrangement.areas);
  const wanted = arrangement.keep.filter((name) => all.has(name));
  const boxesOf = (/** @type {string[]} */ kept) => placed(without(all, wanted, kept, columns.length, lines.length - 1), columns, lines);
  let kept = wanted;
  if (!fits(boxesOf(wanted))) {
    kept = [];
    for (const name of wanted) if (fits(boxesOf([...kept, name])) || !kept.length) kept.push(name);
  }
  return { boxes: boxesOf(kept), columns, dropped: wanted.filter((name) => !kept.includes(name)) };
}

/**
 * The cells of those that are kept; the others give way, the least important first.
 * @param {Map<string, Cells>} all @param {string[]} wanted @param {string[]} kept @param {number} cols @param {number} rows
 */
function without(all, wanted, kept, cols, rows) {
  const cells = new Map([...all].map(([name, cell]) => [name, { ...cell }]));
  for (const name of [...wanted].reverse()) {
    const free = cells.get(name);
    if (!free || kept.includes(name)) continue;
    cells.delete(name);
    inherit(cells, free);
  }
  if (cells.size === 1) for (const cell of cells.values()) Object.assign(cell, { c: 0, r: 0, cols, rows });
  return cells;
}

/** @param {Map<string, Box>} boxes */
function fits(boxes) {
  return [...boxes].every(([name, box]) => lookOf(name, box) !== null);
}

/** @param {(number|string)[]} tracks @param {number} width @param {number} seam */
function widths(tracks, width, seam) {
  const room = width - 2 * MARGIN - (tracks.length - 1) * GAP;
  const fixed = tracks.filter((track) => typeof track === "number").reduce((sum, track) => sum + Number(track), 0);
  const shares = tracks.filter((track) => typeof track === "string").reduce((sum, track) => sum + parseInt(String(track), 10), 0);
  // without a share the last column takes what is left
  const sizes = tracks.map((track) => (typeof track === "number" ? track : (Math.max(0, room - fixed) * parseInt(track, 10)) / shares));
  const edges = [MARGIN - GAP / 2];
  for (const size of sizes) edges.push(edges[edges.length - 1] + size + GAP);
  edges[edges.length - 1] = width - MARGIN + GAP / 2;
  const snapped = edges.map((edge, at) => (at && at < edges.length - 1 ? onSeam(edge, seam) : edge));
  return sizes.map((_, at) => ({ x: snapped[at] + GAP / 2, w: snapped[at + 1] - snapped[at] - GAP }));
}

/** @param {number} edge @param {number} seam */
function onSeam(edge, seam) {
  const near = seam ? Math.round(edge / seam) * seam : edge;
  return Math.abs(near - edge) <= REACH ? near : edge;
}

/** @param {number[]} rows @param {number} height */
function heights(rows, height) {
  const whole = rows.reduce((sum, row) => sum + row, 0);
  const edges = [HEAD];
  for (const row of rows) edges.push(edges[edges.length - 1] + ((height - HEAD - FOOT) * row) / whole);
  return edges;
}

/** @param {string[]} areas @returns {Map<string, Cells>} */
function parse(areas) {
  /** @type {Map<string, Cells>} */
  const cells = new Map();
  areas.forEach((line, r) => line.trim().split(/\s+/).forEach((name, c) => {
    const known = cells.get(name) ?? { c, r, cols: 1, rows: 1 };
    cells.set(name, { c: known.c, r: known.r, cols: Math.max(known.cols, c - known.c + 1), rows: Math.max(known.rows, r - known.r + 1) });
  }));
  cells.delete(".");
  return cells;
}

/** Give the cells of a panel that gave way to a neighbour with the same edge: above, below, left, right. @param {Map<string, Cells>} cells @param {Cells} free */
function inherit(cells, free) {
  const sameColumns = (/** @type {Cells} */ cell) => cell.c === free.c && cell.cols === free.cols;
  const sameRows = (/** @type {Cells} */ cell) => cell.r === free.r && cell.rows === free.rows;
  const all = [...cells.values()];
  const above = all.find((cell) => sameColumns(cell) && cell.r + cell.rows === free.r);
  const below = all.find((cell) => sameColumns(cell) && cell.r === free.r + free.rows);
  const left = all.find((cell) => sameRows(cell) && cell.c + cell.cols === free.c);
  const right = all.find((cell) => sameRows(cell) && cell.c === free.c + free.cols);
  if (above) above.rows += free.rows;
  else if (below) Object.assign(below, { r: free.r, rows: below.rows + free.rows });
  else if (left) left.cols += free.cols;
  else if (right) Object.assign(right, { c: free.c, cols: right.cols + free.cols });
}

/** @param {Map<string, Cells>} cells @param {{x: number, w: number}[]} columns @param {number[]} lines @returns {Map<string, Box>} */
function placed(cells, columns, lines) {
  return new Map([...cells].map(([name, cell]) => {
    const [first, last] = [columns[cell.c], columns[cell.c + cell.cols - 1]];
    return [name, { x: first.x, y: lines[cell.r], w: last.x + last.w - first.x, h: lines[cell.r + cell.rows] - lines[cell.r] }];
  }));
}
