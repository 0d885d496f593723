/** The analyst's screen: one question, and everything that answers it. */

import { drawIcons } from "../chart/icon.mjs";
import { find } from "../core/dom.mjs";
import { Asking } from "./asking.mjs";
import { Board } from "./board.mjs";
import { Calendar } from "./calendar.mjs";
import { Desk } from "./desk.mjs";
import { files } from "./files.mjs";
import { Finder } from "./finder.mjs";
import { keys } from "./keys.mjs";
import { Lead } from "./lead.mjs";
import { Paper } from "./paper.mjs";
import { Question } from "./question.mjs";
import { Rows } from "./rows.mjs";
import { Source } from "./source.mjs";
import { Tiles } from "./tiles.mjs";
import { Tools } from "./tools.mjs";
import { Trend } from "./trend.mjs";

/** A period that reaches to now is asked about again. */
const AGAIN = 5 * 60_000;
const SETTLE = 120;

/** @param {HTMLElement} root @param {import("../core/follow.mjs").Screen} screen */
export async function analyst(root, screen) {
  drawIcons(root);
  const { page, words, selection, geography } = screen;
  const source = new Source();
  const desk = new Desk(root, screen, new Question(selection), source, new Calendar(page.timeZone, words.language));
  const [said] = await Promise.all([source.ask("catalogue", "catalogue"), geography.load()]);
  desk.know(said);
  const parts = partsOf(root, desk);
  const asking = new Asking(desk, parts);
  parts.finder.fill();
  listen(desk, parts, asking);
  keys(desk, parts, asking);
  await asking.all();
}

/** @param {HTMLElement} root @param {Desk} desk */
function partsOf(root, desk) {
  const board = new Board(find(root, ".plate-board"), desk);
  const nameOf = (/** @type {any[]} */ known, /** @type {string} */ id) => known.find((one) => one.id === id)?.name ?? id;
  /** @type {any} */
  const parts = {
    board,
    finder: new Finder(find(root, ".finder"), desk),
    paper: new Paper(find(root, ".paper"), desk),
    lead: new Lead(find(root, ".plate-lead"), desk),
    trend: new Trend(find(root, ".plate-lead"), desk),
    tiles: new Tiles(find(root, ".plate-tiles"), desk),
    rows: new Rows(find(root, ".plate-rows"), desk, (id) => nameOf(board.matrix.columns, id), (id) => nameOf(board.rows, id)),
    tools: new Tools(find(root, ".tools"), desk),
    answer: null,
  };
  files(find(root, ".tools"), desk, () => ({ answer: parts.answer, trend: parts.trend.answer, paper: parts.paper.shown, rows: board.rows, scale: board.scale }));
  return parts;
}

/** @param {Desk} desk @param {any} parts @param {Asking} asking */
function listen(desk, parts, asking) {
  let timer = 0;
  desk.question.addEventListener("change", () => asking.all());
  desk.question.addEventListener("choice", () => {
    parts.board.chosen();
    clearTimeout(timer);
    timer = setTimeout(() => asking.rows(), SETTLE);
  });
  setInterval(() => !desk.asked.from && !document.hidden && !desk.screen.freshness.stale && asking.all(), AGAIN);
  window.addEventListener("citybrain:theme", () => parts.trend.draw());
}
