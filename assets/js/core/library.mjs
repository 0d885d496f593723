/** A vendored library that is a classic script: loaded once, only where a screen needs it. */

import { address } from "./page.mjs";

/** @type {Map<string, Promise<any>>} */
const loading = new Map();

/** @param {string} path below the server's root @param {() => any} found @returns {Promise<any>} what the script left behind */
export function library(path, found) {
  let script = loading.get(path);
  if (!script) {
    script = new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address(path);
      element.onload = () => resolve(found());
      element.onerror = () => reject(new Error(`${path} did not load`));
      document.head.append(element);
    });
    loading.set(path, script);
  }
  return script;
}
