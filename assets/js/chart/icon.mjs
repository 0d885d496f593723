/** Line icons, drawn on a field of 18 by 18. */

import { svgPart } from "./svg.mjs";

/** @type {Record<string, string>} */
const PATHS = {
  desk: "M9 8.1v1.8M8.1 9h1.8M5.8 12.2a4.5 4.5 0 0 1 0-6.4M12.2 5.8a4.5 4.5 0 0 1 0 6.4M3.7 14.3a7.5 7.5 0 0 1 0-10.6M14.3 3.7a7.5 7.5 0 0 1 0 10.6",
  analyst: "M2.5 2.5v13h13M6 12.5V9M9.5 12.5v-7M13 12.5V8",
  "safety-creation": "M9 1.8l6 2.2v4.6c0 3.6-2.5 6.3-6 7.6c-3.5-1.3-6-4-6-7.6V4zM6.3 9l2 2l3.6-4",
  grids: "M7 8.2a2.7 2.7 0 1 0 0-5.4a2.7 2.7 0 0 0 0 5.4M1.8 15.2c0-2.9 2.2-4.6 5.2-4.6s5.2 1.7 5.2 4.6M11.6 3a2.7 2.7 0 0 1 0 5M13.4 10.9c1.8.6 2.8 2.1 2.8 4.3",
  effect: "M9 2.2a6.8 6.8 0 1 0 6.8 6.8M9 5.6a3.4 3.4 0 1 0 3.4 3.4M9 9l6.4-6.4M12.6 2.6v2.8h2.8",
  search: "M7.8 13.1a5.3 5.3 0 1 0 0-10.6a5.3 5.3 0 0 0 0 10.6M11.7 11.7l4 4",
  calendar: "M2.5 4h13v11.5h-13zM2.5 7.5h13M6 2v3.5M12 2v3.5",
  filter: "M2.2 3h13.6l-5.3 6.4v5.2l-3 1.2V9.4z",
  download: "M9 2.5v8.6M5.5 7.8L9 11.3l3.5-3.5M2.8 12.5v3h12.4v-3",
  link: "M7.4 12.6H5.6a3.6 3.6 0 0 1 0-7.2h1.8M10.6 5.4h1.8a3.6 3.6 0 0 1 0 7.2h-1.8M6 9h6",
  table: "M2.5 3h13v12h-13zM2.5 7h13M2.5 11h13M7 3v12",
  close: "M4.5 4.5l9 9M13.5 4.5l-9 9",
  down: "M4.5 7l4.5 4.5L13.5 7",
  camera: "M2.5 5.5h3l1.2-2h4.6l1.2 2h3v9h-13zM9 12.3a2.6 2.6 0 1 0 0-5.2a2.6 2.6 0 0 0 0 5.2",
  microphone: "M9 2.2a2 2 0 0 1 2 2v4.3a2 2 0 0 1-4 0V4.2a2 2 0 0 1 2-2M4.5 8.2a4.5 4.5 0 0 0 9 0M9 12.7v3M6.5 15.7h5",
};

/** @param {string} name @returns {SVGElement} */
export function icon(name) {
  const drawn = svgPart("svg", { viewBox: "0 0 18 18", class: "icon", "aria-hidden": "true" });
  drawn.append(svgPart("path", { d: PATHS[name] ?? "" }));
  return drawn;
}

/** Draw every icon that the layout left room for. @param {ParentNode} part */
export function drawIcons(part) {
  for (const room of part.querySelectorAll("[data-icon]")) {
    if (!room.firstChild) room.append(icon(/** @type {HTMLElement} */ (room).dataset.icon ?? ""));
  }
}
