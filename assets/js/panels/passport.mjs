/** The passport of a number: what it counts, what it leaves out, as of when, by which formula. */

import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {{name: string, name_zh: string, name_en: string, rows: number}} Part */

/** Let a number be asked for its passport, by pointer and by key. @param {HTMLElement} element @param {Screen} screen */
export function passportOf(element, screen) {
  const name = find(element, ".metric-name");
  const button = make("button", { type: "button", class: "passport-open", "aria-haspopup": "dialog" });
  button.append(...name.childNodes);
  name.append(button);
  button.addEventListener("click", () => open(element.dataset.metric ?? "", screen));
}

/** @param {string} metric @param {Screen} screen */
async function open(metric, screen) {
  const { words, page } = screen;
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "passport" }));
  dialog.addEventListener("close", () => dialog.remove());
  // the screen's own keys rest while it is open
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") dialog.close();
  });
  dialog.append(make("p", { class: "passport-wait" }, words.say("passport.wait")));
  page.root.append(dialog);
  dialog.showModal();
  const area = encodeURIComponent(screen.selection.area);
  try {
    const answer = await fetch(address(`api/metrics/${metric}/passport?area=${area}`));
    if (!answer.ok) throw new Error(String(answer.status));
    dialog.replaceChildren(...lines(await answer.json(), screen), shut(dialog, words));
  } catch {
    dialog.replaceChildren(make("p", {}, words.say("passport.failed")), shut(dialog, words));
  }
  find(dialog, "button").focus();
}

/** @param {any} shown @param {Screen} screen @returns {HTMLElement[]} */
function lines(shown, { words }) {
  const { metric } = shown;
  const facts = [
    [words.say("passport.formula"), words.language === "zh" ? metric.formula_zh : metric.formula],
    [words.say("passport.period"), period(shown, words)],
    [words.say("passport.asof"), words.time("moment", shown.as_of)],
    ...shown.parts.map((/** @type {Part} */ part) => [words.field(part, "name"), words.count(part.rows)]),
    ...shown.exclusions.map((/** @type {Part} */ part) => [
      words.say("passport.left-out", { what: words.field(part, "name") }),
      words.count(part.rows),
    ]),
    [words.say("passport.version"), `${metric.version} · ${metric.owner}`],
    [words.say("passport.source"), metric.source],
  ];
  const list = make("dl", { class: "passport-facts" });
  for (const [term, value] of facts) list.append(make("dt", {}, String(term)), make("dd", {}, String(value)));
  return [
    make("h2", { class: "passport-title" }, words.field(metric, "name")),
    make("p", { class: "passport-what" }, words.field(metric, "what")),
    list,
    make("details", { class: "passport-sql" }, make("summary", {}, words.say("passport.sql")), make("pre", {}, shown.sql)),
  ];
}

/** @param {any} shown @param {import("../core/words.mjs").Words} words */
function period(shown, words) {
  const by = words.field(shown, "period");
  if (!shown.span) return by;
  const [start, end] = shown.span;
  return `${by} · ${words.time("moment", start)} – ${words.time("moment", end)}`;
}

/** @param {HTMLDialogElement} dialog @param {import("../core/words.mjs").Words} words */
function shut(dialog, words) {
  const button = make("button", { type: "button", class: "passport-close" });
  write(button, words.say("passport.close"));
  button.addEventListener("click", () => dialog.close());
  return button;
}
