/** Filters that were given a name: kept on this machine. */

const PLACE = "citybrain.filters";
const MOST = 12;

/** @typedef {{name: string, wanted: import("./filter.mjs").Wanted}} Saved */

/** @returns {Saved[]} */
export function saved() {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} name @param {import("./filter.mjs").Wanted} wanted */
export function save(name, wanted) {
  const others = saved().filter((one) => one.name !== name);
  localStorage.setItem(PLACE, JSON.stringify([{ name, wanted }, ...others].slice(0, MOST)));
}

/** @param {string} name */
export function forget(name) {
  localStorage.setItem(PLACE, JSON.stringify(saved().filter((one) => one.name !== name)));
}
