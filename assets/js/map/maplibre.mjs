/** MapLibre from this machine, loaded once and only where a screen has a map. */

import { address } from "../core/page.mjs";

const FOLDER = "assets/vendor/maplibre-gl/";
/** @type {Promise<any>|null} */
let loading = null;

/** @returns {Promise<any>} the module */
export function maplibre() {
  loading ??= import(address(`${FOLDER}maplibre-gl.mjs`));
  return loading;
}
