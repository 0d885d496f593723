/** What this phone remembers of its bearer: area, position, recent categories, the draft of a report. */

const PREFIX = "citybrain.pocket";

/** @param {string} name @returns {any} null where nothing is remembered or nothing can be */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(`${PREFIX}.${name}`) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} name @param {any} value null forgets it */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(`${PREFIX}.${name}`);
    else localStorage.setItem(`${PREFIX}.${name}`, JSON.stringify(value));
  } catch {
    // without storage it lasts as long as the page
  }
}
