/** Which places a few typed letters mean: whole names before beginnings, beginnings before parts, large areas before small. */

/** @typedef {{id: string, kind: string, name_zh: string, name_en: string, pinyin: string, initials: string}} Place */

/** @param {Place[]} places @param {string} typed @param {string[]} levels coarsest first @returns {any[]} best first */
export function matches(places, typed, levels) {
  const words = plain(typed);
  if (!words) return [];
  const order = (/** @type {Place} */ place) => (levels.indexOf(place.kind) + levels.length + 1) % (levels.length + 1);
  return places
    .map((place) => ({ place, score: score(place, words) }))
    .filter(({ score }) => score < 9)
    .sort((a, b) => a.score - b.score || order(a.place) - order(b.place) || a.place.name_zh.length - b.place.name_zh.length || (a.place.id < b.place.id ? -1 : 1))
    .map(({ place }) => place);
}

/** @param {Place} place @param {string} words */
function score(place, words) {
  const names = [plain(place.name_zh), plain(place.name_en), place.pinyin];
  if (names.includes(words)) return 0;
  if (names.some((name) => name.startsWith(words))) return 1;
  if (place.initials && place.initials.startsWith(words)) return 2;
  if (names.some((name) => name.includes(words))) return 4;
  return words.length > 1 && place.initials.includes(words) ? 5 : 9;
}

/** @param {string} text */
function plain(text) {
  return text.toLowerCase().normalize("NFKD").replace(/[\s'’·.-]/g, "");
}
