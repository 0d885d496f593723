/** How many lines of a list find room in its panel at their full size. */

/** @param {HTMLElement} panel @param {number} row height of a line, in pixels of the drawing */
export function roomOf(panel, row) {
  const unit = parseFloat(getComputedStyle(panel).getPropertyValue("--u")) || 1;
  const list = /** @type {HTMLElement|null} */ (panel.querySelector("[data-rows]"));
  const styles = getComputedStyle(panel);
  const bottom = panel.getBoundingClientRect().bottom - (parseFloat(styles.paddingBottom) || 0);
  const height = bottom - (list?.getBoundingClientRect().top ?? 0);
  return Math.max(1, Math.floor((height / unit + 2) / row));
}
