/** What is said of the chosen area on a picture: a line or two beside it, on a leader. */

import { svgPart } from "../../chart/svg.mjs";

const [AWAY, LINE, EDGE] = [44, 18, 8];

export class Callout {
  /** @param {SVGElement} layer */
  constructor(layer) {
    this.layer = layer;
  }

  /** @param {[number, number]|null} at @param {string[]} lines the second one is a signal @param {number} width @param {number} height */
  show(at, lines, width, height) {
    if (!at || !lines[0]) return this.layer.replaceChildren();
    const up = at[1] - AWAY - LINE * lines.length > EDGE;
    const bottom = up ? at[1] - AWAY : at[1] + AWAY + LINE * (lines.length - 1);
    const leader = svgPart("path", { d: `M${at.join(" ")}L${at[0]} ${up ? bottom + 6 : bottom - LINE * lines.length + 4}`, class: "leader" });
    const texts = lines.map((line, row) => {
      const text = svgPart("text", { class: row ? "place signal" : "place", x: at[0], y: bottom - (lines.length - 1 - row) * LINE });
      text.textContent = line;
      return text;
    });
    this.layer.replaceChildren(leader, ...texts);
    const half = Math.max(...texts.map((text) => /** @type {any} */ (text).getComputedTextLength())) / 2 + EDGE;
    for (const text of texts) text.setAttribute("x", String(Math.min(width - half, Math.max(half, at[0]))));
    this.layer.setAttribute("data-within", String(bottom < height));
  }
}
