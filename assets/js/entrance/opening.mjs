/** What every page before the screens needs: its facts, the catalogue, the doors. */

import { address } from "../core/page.mjs";
import { words as fetchWords } from "../core/words.mjs";

/** Why a door did not do what was asked: the server's code, or `away` where nobody answered. */
export class Refused extends Error {
  /** @param {string} code @param {any} [told] */
  constructor(code, told = {}) {
    super(told.detail ?? code);
    [this.code, this.told] = [code, told];
  }
}

/** @typedef {{root: HTMLElement, words: import("../core/words.mjs").Words, name: string}} Opening */

/** Read the page's facts and fetch its words. @returns {Promise<Opening>} */
export async function opening() {
  window.citybrain ??= /** @type {any} */ ({ painted: {}, errors: [] });
  const root = /** @type {HTMLElement} */ (document.getElementById("screen"));
  const facts = root.dataset;
  const language = facts.lang === "en" ? "en" : "zh";
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  document.title = facts.cityName ?? "";
  light(facts.name ?? "");
  const words = await fetchWords(/** @type {any} */ ({ language, timeZone: facts.timeZone }));
  return { root, words, name: facts.name ?? "" };
}

/** Say that the page stands: tests and pictures wait for it. */
export function opened() {
  Object.assign(window.citybrain, { ready: true });
}

/** Ask a door. @param {string} path @param {any} [body] @param {string} [method] @returns {Promise<any>} */
export async function ask(path, body, method = body === undefined ? "GET" : "POST") {
  const headers = { "citybrain-request": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const told = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(address(path), { method, headers, body: told }).catch(() => {
    throw new Refused("away");
  });
  const text = await answer.text();
  const given = text && (answer.headers.get("content-type") ?? "").includes("json") ? JSON.parse(text) : {};
  if (!answer.ok) throw new Refused(given.refused ?? String(answer.status), given);
  return given;
}

/** The words of a refusal. @param {import("../core/words.mjs").Words} words @param {string} prefix @param {any} error */
export function why(words, prefix, error) {
  if (error.code === "away") return words.say("refusal.sign-in.away");
  const key = `refusal.${prefix}.${error.code}`;
  const told = { ...error.told, reason: error.message };
  return words.say(key in words.messages ? key : `refusal.${prefix}.other`, told);
}

/** A light that was chosen on the desk holds here too. @param {string} name */
function light(name) {
  if (name === "pair" || new URLSearchParams(location.search).has("theme")) return;
  try {
    if (localStorage.getItem("citybrain.theme.desk") === "light") document.documentElement.dataset.theme = "deskLight";
  } catch {
    // without storage the page keeps its own light
  }
}
