/** The present value of a design token, for what cannot read a style sheet. */

/** @param {string} name without its dashes @returns {string} */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
