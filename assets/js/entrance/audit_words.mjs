/** How the audit is written: devices, details, and moments of the city's own clock. */

const BROWSERS = [["MicroMessenger", "WeChat"], ["Edg", "Edge"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Version", "Safari"]];
const SYSTEMS = [["HarmonyOS", "HarmonyOS"], ["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS X", "macOS"], ["Linux", "Linux"]];

/** A browser by its name and system; what is no browser by its own. @param {string} agent */
export function browser(agent) {
  const [mark, name] = BROWSERS.find(([sign]) => agent.includes(`${sign}/`)) ?? [];
  if (!mark) return agent.slice(0, 40);
  const version = agent.split(`${mark}/`)[1].split(".")[0];
  const system = SYSTEMS.find(([sign]) => agent.includes(sign))?.[1];
  return [`${name} ${version}`, system].filter(Boolean).join(", ");
}

/** Address, name and class of screen. @param {any} entry @param {import("../core/words.mjs").Words} words */
export function deviceOf({ address, device, screen }, words) {
  return [address, device && browser(device), screen && words.name("screen", screen)].filter(Boolean).join(" · ");
}

/** What was done, or refused. @param {any} entry @param {import("../core/words.mjs").Words} words */
export function subjectOf({ act, what }, words) {
  if (act.endsWith("command") && `act.${what}` in words.messages) return words.name("act", what);
  const [first, ...rest] = what.split(/:? /);
  const known = `admin.what.${first}` in words.messages;
  return known ? [words.name("admin.what", first), ...rest.map((/** @type {string} */ one) => words.name(first === "screen" ? "screen" : "admin.why", one))].join(" · ") : what;
}

/** The beginning of a detail. @param {string[]} whole */
export function summary(whole) {
  const line = whole.join(" · ");
  return line.length > 40 ? `${line.slice(0, 38)}…` : line;
}

/** The moment a clock on the city's wall shows this. @param {string} shown 2026-11-20T14:32 @param {string} timeZone */
export function moment(shown, timeZone) {
  const guess = Date.parse(`${shown}Z`);
  /** @type {Intl.DateTimeFormatOptions} */
  const all = { timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  const part = Object.fromEntries(new Intl.DateTimeFormat("en-GB", all).formatToParts(guess).map(({ type, value }) => [type, value]));
  const there = Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`);
  return new Date(2 * guess - there).toISOString();
}
