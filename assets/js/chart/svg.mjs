/** Elements of a picture made of lines. */

/** Every SVG element carries its name space; a parsed one knows it without an address being written down. */
const SPACE = new DOMParser().parseFromString("<svg/>", "text/html").querySelector("svg")?.namespaceURI ?? null;

/** @param {string} tag @param {Record<string, string|number>} [attributes] @param {...Node} children @returns {SVGElement} */
export function svgPart(tag, attributes = {}, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SPACE, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
