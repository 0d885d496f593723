/** Making and changing elements without touching what did not change. */

/**
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** Set an element's text; true where it changed. @param {Element|null} element @param {string} text */
export function write(element, text) {
  if (!element || element.textContent === text) return false;
  element.textContent = text;
  return true;
}

/** Set or remove a `data-` mark. @param {HTMLElement} element @param {string} name @param {string|null} value */
export function mark(element, name, value) {
  if (value === null) {
    if (name in element.dataset) delete element.dataset[name];
  } else if (element.dataset[name] !== value) element.dataset[name] = value;
}

/** @param {ParentNode} parent @param {string} selector @returns {HTMLElement} */
export function find(parent, selector) {
  return /** @type {HTMLElement} */ (parent.querySelector(selector));
}

/** Rows of a list by key: made once, updated in place, moved only when their order changed. */
export class KeyedList {
  /** @type {Map<string, HTMLElement>} */
  nodes = new Map();

  /** @param {HTMLElement} parent @param {(row: any) => HTMLElement} create @param {(node: HTMLElement, row: any) => void} update */
  constructor(parent, create, update) {
    this.parent = parent;
    this.create = create;
    this.update = update;
  }

  /**
   * Show these rows in this order; only rows in `changed` (null = all) are written again.
   * @param {[string, any][]} rows @param {Set<string>|null} changed
   */
  show(rows, changed = null) {
    const keep = new Set(rows.map(([key]) => key));
    for (const [key, node] of this.nodes) {
      if (!keep.has(key)) {
        node.remove();
        this.nodes.delete(key);
      }
    }
    let next = this.parent.firstElementChild;
    for (const [key, row] of rows) {
      const node = this.#node(key, row, changed);
      if (node === next) next = next.nextElementSibling;
      else this.parent.insertBefore(node, next);
    }
  }

  /** @param {string} key @param {any} row @param {Set<string>|null} changed */
  #node(key, row, changed) {
    let node = this.nodes.get(key);
    if (node && changed && !changed.has(key)) return node;
    if (!node) {
      node = this.create(row);
      this.nodes.set(key, node);
    }
    this.update(node, row);
    return node;
  }
}
