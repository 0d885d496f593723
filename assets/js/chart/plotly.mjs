/** Plotly with a template made of the design tokens. */

import { library } from "../core/library.mjs";
import { token } from "../core/token.mjs";

/** @returns {Promise<any>} */
export const plotly = () => library("assets/vendor/plotly/plotly-basic.min.js", () => window.Plotly ?? window.moduleName);

/** The look of every chart; ask again after a change of theme. @param {number} size font size in px */
export function template(size) {
  return {
    layout: {
      paper_bgcolor: "transparent",
      plot_bgcolor: "transparent",
      font: { family: token("family-digits"), color: token("text-secondary"), size },
      xaxis: { showgrid: false, linecolor: token("surface-hairline"), ticks: "", zeroline: false, automargin: false },
      yaxis: { gridcolor: token("surface-hairline"), zeroline: false, nticks: 3, ticks: "" },
      colorway: [0, 1, 2, 3, 4, 5].map((at) => token(`categorical-${at}`)),
      margin: { l: 0, r: 0, t: 0, b: 0 },
      showlegend: false,
      hovermode: false,
    },
  };
}

/** The three manners of a line: what is now, what goes with it, what it is compared with. */
export const lines = {
  now: (width = 2.4) => ({ color: token("data-series-strong"), width }),
  second: (width = 1.6) => ({ color: token("data-series"), width }),
  compare: (width = 1.6) => ({ color: token("data-compare"), width, dash: "5px,4px" }),
};
