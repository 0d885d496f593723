/** When a frame of the stream was painted: for tests and benches. */

/** @type {Map<string, {view: string, area: string, seq: number, as_of: string}>} */
const waiting = new Map();

/** Note a frame that was just rendered; it is announced with the next paint. @param {any} frame */
export function painted(frame) {
  if (waiting.size === 0) requestAnimationFrame(announce);
  waiting.set(`${frame.view} ${frame.area}`, frame);
}

function announce() {
  const at = Date.now();
  const frames = [...waiting.values()];
  waiting.clear();
  for (const { view, area, seq, as_of } of frames) {
    window.citybrain.painted[view] = { area, seq, as_of, at };
    window.dispatchEvent(new CustomEvent("citybrain:painted", { detail: { view, area, seq, as_of } }));
  }
}
