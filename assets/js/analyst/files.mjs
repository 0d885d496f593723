/** Taking the answer away: files that the server writes, and the picture that this page draws. */

import { address } from "../core/page.mjs";
import { picture } from "./picture.mjs";

/** @param {HTMLElement} part @param {import("./desk.mjs").Desk} desk @param {() => import("./picture.mjs").Drawn} shown what the page shows now */
export function files(part, desk, shown) {
  for (const button of /** @type {Iterable<HTMLElement>} */ (part.querySelectorAll("[data-file]"))) {
    const format = button.dataset.file ?? "";
    button.addEventListener("click", () => (format === "png" ? png(desk, shown()) : save(exported(desk, format), "")));
  }
}

/** @param {import("./desk.mjs").Desk} desk @param {string} format */
function exported(desk, format) {
  const query = desk.query({ by: desk.asked.view === "pivot" ? `${desk.by},${desk.cross}` : desk.by, compare: desk.asked.compare, format, language: desk.words.language });
  return address(`api/analysis/export?${query}`);
}

/** @param {import("./desk.mjs").Desk} desk @param {import("./picture.mjs").Drawn} shown */
async function png(desk, shown) {
  const canvas = await picture(desk, shown);
  canvas.toBlob((blob) => {
    if (!blob) return;
    const url = URL.createObjectURL(blob);
    save(url, `${desk.metric.name}-${desk.asked.area}-${desk.calendar.field(desk.now)}.png`);
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }, "image/png");
}

/** @param {string} href @param {string} name empty: as the server names it */
function save(href, name) {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
