/** All rows of one urgency, however many: AG Grid asks for those that are in sight, a hundred at a time. */

import { make } from "../core/dom.mjs";
import { agGrid, gridTheme } from "../core/grid_theme.mjs";
import { createRow, showClock, updateRow } from "./row.mjs";

const BLOCK = 100;
const BLOCKS_KEPT = 12;
const ROW = 57;

/** @typedef {(skip: number, count: number) => Promise<{rows: any[], total: number}>} Fetch */

export class Windowed {
  /** @type {any} */
  api = null;
  /** The rows in sight and their elements. @type {Map<HTMLElement, any>} */
  #seen = new Map();

  /** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen @param {Fetch} fetchRows */
  constructor(element, screen, fetchRows) {
    this.element = element;
    this.screen = screen;
    this.fetchRows = fetchRows;
  }

  async open() {
    const grid = await agGrid();
    grid.ModuleRegistry.registerModules([grid.AllCommunityModule]);
    if (!this.element.isConnected || this.api) return;
    this.api = grid.createGrid(this.element, {
      theme: gridTheme(grid),
      columnDefs: [{ field: "case_id", flex: 1, cellRenderer: this.#renderer(), sortable: false, resizable: false }],
      headerHeight: 0,
      alwaysShowVerticalScroll: true,
      scrollbarWidth: 8,
      rowHeight: ROW,
      rowModelType: "infinite",
      cacheBlockSize: BLOCK,
      maxBlocksInCache: BLOCKS_KEPT,
      infiniteInitialRowCount: BLOCK,
      blockLoadDebounceMillis: 80,
      suppressCellFocus: true,
      suppressScrollOnNewData: true,
      animateRows: false,
      datasource: { getRows: (/** @type {any} */ asked) => this.#fill(asked) },
    });
  }

  close() {
    this.api?.destroy();
    this.api = null;
    this.#seen.clear();
    this.element.replaceChildren();
  }

  /** Ask anew for what is in sight; the rows stay until the answer is here. */
  refresh() {
    this.api?.refreshInfiniteCache();
  }

  /** @param {number} now */
  tick(now) {
    for (const [node, row] of this.#seen) {
      if (node.isConnected) showClock(node, row, now, this.screen.words);
      else this.#seen.delete(node);
    }
  }

  /** The row before or after one, brought into sight. @param {string|null} id @param {1|-1} step @returns {Promise<HTMLElement|null>} */
  async step(id, step) {
    const rows = [...this.#seen].filter(([node]) => node.isConnected).map(([node]) => node);
    const at = (/** @type {HTMLElement} */ node) => Number(node.closest("[row-index]")?.getAttribute("row-index"));
    const here = rows.find((node) => node.dataset.case === id);
    const wanted = here ? at(here) + step : Math.min(...rows.map(at));
    if (wanted < 0) return null;
    this.api.ensureIndexVisible(wanted);
    for (let waited = 0; waited < 20; waited += 1) {
      const found = /** @type {HTMLElement|null} */ (this.element.querySelector(`[row-index="${wanted}"] .case-row`));
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return null;
  }

  /** @param {any} asked */
  async #fill(asked) {
    try {
      const { rows, total } = await this.fetchRows(asked.startRow, asked.endRow - asked.startRow);
      asked.successCallback(rows, total);
    } catch {
      asked.failCallback();
    }
  }

  #renderer() {
    const { screen } = this;
    const seen = this.#seen;
    return class {
      /** @param {any} given */
      init(given) {
        this.element = given.data ? createRow(screen) : make("span", { class: "row-waits" });
        this.refresh(given);
      }

      getGui() {
        return this.element;
      }

      /** @param {any} given */
      refresh(given) {
        // a row that waits and one that is here are different elements: a new one is made
        const here = Boolean(this.element?.matches(".case-row"));
        if (Boolean(given.data) !== here || !this.element) return false;
        if (!here) return true;
        updateRow(this.element, given.data, screen);
        seen.set(this.element, given.data);
        return true;
      }

      destroy() {
        if (this.element) seen.delete(this.element);
      }
    };
  }
}
