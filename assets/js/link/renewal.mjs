/** Load the page anew, once, where the server has become another build or lays the wall out in another way; the room keeps the scene. */

const PLACE = "citybrain.build";

/** @param {import("../core/follow.mjs").Screen} screen */
export function renewal({ stream, page }) {
  const site = /** @type {HTMLElement|null} */ (page.root.querySelector("[data-site]"));
  const digest = JSON.parse(site?.dataset.site ?? "{}").digest;
  stream.addEventListener("hello", (event) => {
    const { build, layout } = /** @type {CustomEvent} */ (event).detail;
    const other = (/** @type {string} */ theirs, /** @type {string} */ own) => Boolean(theirs && own) && theirs !== own;
    if (!other(build, page.build) && !other(layout, digest)) return;
    const wanted = other(layout, digest) ? `${build} ${layout}` : build;
    if (sessionStorage.getItem(PLACE) === wanted) return;
    sessionStorage.setItem(PLACE, wanted);
    location.reload();
  });
}
