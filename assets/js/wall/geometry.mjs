/** How large one pixel of the drawing is on this wall, and which part of it this browser shows. */

/** The drawing's body text, in arc-minutes and pixels; a letter's ink is this much of its size. */
const [BODY_MINUTES, BODY_PIXELS, INK] = [20, 41, 0.92];

/**
 * @typedef {{distance_m: number, pitch_mm: number}} Viewing
 * @typedef {{width: number, height: number, left: number, top: number, across: number, own: {width: number, height: number}}} Share the wall in pixels of the drawing, and this browser's part of it
 */

/** Pixels of a text that fills `minutes` of arc for who sits there. @param {Viewing} viewing @param {number} [minutes] @param {number} [ink] */
export function pixels({ distance_m, pitch_mm }, minutes = BODY_MINUTES, ink = INK) {
  return Math.ceil((distance_m * 1000 * Math.tan(((minutes / 60) * Math.PI) / 180)) / pitch_mm / ink);
}

/**
 * CSS pixels a pixel of the drawing takes: the site's geometry in real pixels, whatever the window's size. Only who asks for
 * a `?preview=3840x1080` sees a whole wall in a smaller window.
 * @param {Viewing} viewing
 */
export function unit(viewing) {
  const real = pixels(viewing) / BODY_PIXELS / (window.devicePixelRatio || 1);
  const [, width, height] = (/^(\d+)x(\d+)$/.exec(new URLSearchParams(location.search).get("preview") ?? "") ?? []).map(Number);
  return width && height ? real * Math.min(innerWidth / width, innerHeight / height) : real;
}

/** Which part of the wall is this: `?segment=2of3`, in reading order where `&rows=` says that there are several. @param {number} u @returns {Share} */
export function share(u) {
  const query = new URLSearchParams(location.search);
  const [, own, of] = (/^(\d+)of(\d+)$/.exec(query.get("segment") ?? "") ?? ["", "1", "1"]).map(Number);
  const rows = Math.max(1, Math.min(of, Number(query.get("rows")) || 1));
  const across = Math.max(1, Math.round(of / rows));
  const at = Math.min(Math.max(own, 1), of) - 1;
  const [width, height] = [innerWidth / u, innerHeight / u];
  const [left, top] = [width * (at % across), height * Math.floor(at / across)];
  return { width: width * across, height: height * rows, left, top, across, own: { width, height } };
}
