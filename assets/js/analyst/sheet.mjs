/** All rows behind a number on a sheet of their own: AG Grid, fetched a page at a time, loaded only when asked for. */

import { agGrid, gridTheme } from "../core/grid_theme.mjs";
import { make } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { caseAddress, columnsOf } from "./rows.mjs";

const PAGE = 100;
const WIDTHS = { case_id: 210, title: 240, area: 190, channel: 110, due: 130, closed: 130, over: 100, unit: 170, state: 110 };

/** @param {import("./desk.mjs").Desk} desk @param {URLSearchParams} query @param {string} title @param {number} total */
export async function openSheet(desk, query, title, total) {
  const { words, screen } = desk;
  const shut = make("button", { type: "button", class: "button-line" }, words.say("passport.close"));
  const head = make("header", { class: "plate-head" }, make("h2", {}, title), make("span", { class: "head-words" }, desk.rowsText(total)), make("span", { class: "head-gap" }), shut);
  const room = make("div", { class: "sheet-grid" }, words.say("passport.wait"));
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "rows-sheet", "aria-label": title }, head, room));
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  screen.page.root.append(dialog);
  dialog.showModal();
  const grid = await agGrid();
  room.replaceChildren();
  const api = grid.createGrid(room, options(grid, desk, query));
  dialog.addEventListener("close", () => {
    api.destroy();
    dialog.remove();
  });
}

/** @param {any} grid @param {import("./desk.mjs").Desk} desk @param {URLSearchParams} query */
function options(grid, desk, query) {
  grid.ModuleRegistry?.registerModules([grid.AllCommunityModule]);
  return {
    theme: gridTheme(grid).withParams({ rowHeight: 32 }),
    rowModelType: "infinite",
    cacheBlockSize: PAGE,
    maxBlocksInCache: 20,
    columnDefs: columnsOf(desk).map(({ key, title, text }) => ({
      headerName: title, colId: key, minWidth: 80, width: /** @type {any} */ (WIDTHS)[key], flex: key === "title" ? 1 : undefined, sortable: false, resizable: true,
      cellRenderer: key === "case_id" ? (/** @type {any} */ { data, value }) => (data?.state ? make("a", { href: caseAddress(desk, data.id), class: "text-link" }, value) : (value ?? "")) : undefined,
      valueGetter: (/** @type {any} */ { data }) => (data ? text(data) : ""),
    })),
    onCellKeyDown: ({ event, data }) => event.key === "Enter" && data?.state && location.assign(caseAddress(desk, data.id)),
    onRowDoubleClicked: ({ data }) => data?.state && location.assign(caseAddress(desk, data.id)),
    datasource: { getRows: (/** @type {any} */ asked) => page(query, asked) },
  };
}

/** @param {URLSearchParams} query @param {any} asked */
async function page(query, asked) {
  const full = new URLSearchParams(query);
  full.set("offset", String(asked.startRow));
  full.set("limit", String(asked.endRow - asked.startRow));
  try {
    const answer = await fetch(address(`api/analysis/rows?${full}`));
    if (!answer.ok) throw new Error(String(answer.status));
    const { rows, total } = await answer.json();
    asked.successCallback(rows, total);
  } catch {
    asked.failCallback();
  }
}

