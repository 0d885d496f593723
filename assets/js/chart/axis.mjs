/** Round numbers for an axis. */

/**
 * A range that holds all values, ending on round numbers, and the numbers to write at it.
 * @param {number[]} values @param {{count?: number, least?: number, most?: number}} [how] @returns {{low: number, high: number, ticks: number[]}}
 */
export function axis(values, { count = 3, least = -Infinity, most = Infinity } = {}) {
  const known = values.filter((value) => Number.isFinite(value));
  if (!known.length) return { low: 0, high: 1, ticks: [] };
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = round((high - low || Math.abs(high) || 1) / count);
  const from = Math.max(least, Math.floor(low / step + 1e-9) * step);
  const to = Math.min(most, Math.max(Math.ceil(high / step - 1e-9) * step, from + step));
  const ticks = [];
  for (let at = from; at <= to + step / 1e6; at += step) ticks.push(Number(at.toFixed(9)));
  return { low: from, high: to, ticks };
}

/** The next 1, 2 or 5 times a power of ten. @param {number} size */
function round(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * ([1, 2, 5, 10].find((one) => one * power >= size - 1e-12) ?? 10);
}
