/** AG Grid in the colours of the tokens: it reads the style sheet's variables, so a change of theme needs no redraw. */

import { library } from "./library.mjs";

/** @returns {Promise<any>} AG Grid's own module */
export const agGrid = () => library("assets/vendor/ag-grid/ag-grid-community.min.js", () => window.agGrid);

/** @param {any} grid AG Grid's module @returns {any} a theme */
export function gridTheme(grid) {
  return grid.themeQuartz.withParams({
    accentColor: "var(--interactive-base)",
    backgroundColor: "var(--surface-panel)",
    foregroundColor: "var(--text-primary)",
    borderColor: "var(--surface-hairline)",
    headerBackgroundColor: "var(--surface-panel)",
    headerTextColor: "var(--text-secondary)",
    rowHoverColor: "var(--surface-raised)",
    selectedRowBackgroundColor: "var(--interactive-quiet)",
    fontFamily: "var(--family-digits)",
    fontSize: "var(--type-body-px, 14px)",
    headerFontSize: "var(--type-micro-px, 12px)",
    rowHeight: 45,
    headerHeight: 32,
    wrapperBorder: false,
    wrapperBorderRadius: 0,
    columnBorder: false,
    headerColumnBorder: false,
    headerColumnResizeHandleColor: "var(--surface-hairline-strong)",
    focusShadow: "0 0 0 2px var(--interactive-base)",
  });
}
