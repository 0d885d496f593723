/** The draw of closed cases for a second look: by a seed that anybody can draw with again. */

import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { momentField } from "../command/moments.mjs";
import { openLayer } from "./layer.mjs";
import { kindOf } from "./names.mjs";

const [COUNT, MOST, DAY] = [10, 200, 86_400_000];

/** @param {import("../core/follow.mjs").Screen} screen */
export function openRecheck(screen) {
  const { words, clock, selection, geography, page } = screen;
  const { dialog, body } = openLayer(screen, "recheck", words.say("recheck.title"));
  const now = clock.now();
  const since = momentField(screen, { name: "since", label: words.say("recheck.since"), spans: [], from: now, value: new Date(now - 7 * DAY).toISOString() });
  const until = momentField(screen, { name: "until", label: words.say("recheck.until"), spans: [], from: now, value: new Date(now).toISOString() });
  const count = /** @type {HTMLInputElement} */ (make("input", { type: "number", class: "field-text", min: 1, max: MOST, value: COUNT, "aria-label": words.say("recheck.count") }));
  const seed = /** @type {HTMLInputElement} */ (make("input", { type: "text", class: "field-text", maxlength: 120, value: since.value().slice(0, 10), "aria-label": words.say("recheck.seed"), autocomplete: "off" }));
  const area = geography.areas[selection.area];
  const field = (/** @type {string} */ name, /** @type {HTMLElement} */ element) => make("div", { class: "field" }, make("span", { class: "field-name" }, words.say(`recheck.${name}`)), element);
  const told = make("div", { class: "recheck-told", role: "status" });
  const draw = make("button", { type: "submit", class: "act act-first" }, words.say("recheck.draw"));
  const form = make("form", { class: "recheck-form" }, field("area", make("b", {}, area ? words.field(area, "name") : page.cityName)), field("since", since.element), field("until", until.element), field("count", count), field("seed", seed), draw);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    write(told, words.say("recheck.drawing"));
    const asked = { area: selection.area, since: since.value(), until: until.value(), count: Number(count.value), seed: seed.value.trim(), lang: page.language };
    const answer = await fetch(address("api/v1/rechecks"), { method: "POST", headers: { "content-type": "application/json", "citybrain-request": "1" }, body: JSON.stringify(asked) }).catch(() => null);
    const found = await answer?.json().catch(() => null);
    if (!answer?.ok || !found) return void write(told, found?.message ?? words.say("command.away"));
    told.replaceChildren(...drawn(found, screen, dialog));
  });
  body.append(make("p", { class: "field-quiet" }, words.say("recheck.how")), form, told);
  find(form, "input").focus();
}

/** @param {any} found @param {import("../core/follow.mjs").Screen} screen @param {HTMLDialogElement} dialog */
function drawn(found, screen, dialog) {
  const { words, clock, selection } = screen;
  const rows = found.drawn.map((/** @type {any} */ row) => {
    const open = make("button", { type: "button", class: "ledger-case" }, kindOf(row, screen));
    open.addEventListener("click", () => {
      dialog.close();
      selection.chooseCase(String(row.case_id));
    });
    return make("li", {}, open, make("span", {}, [words.field(row, "area"), words.field(row, "unit"), words.when(row.closed_at, clock.now())].filter(Boolean).join(" · ")), make("span", { class: "recheck-refused" }, row.message ?? ""));
  });
  const head = words.say("recheck.drawn", { count: words.count(rows.length), population: words.count(found.population), seed: found.seed, draw: found.draw_id });
  const print = make("p", { class: "field-quiet recheck-print" }, words.say("recheck.fingerprint", { fingerprint: found.fingerprint }));
  return [make("p", {}, head), print, make("ol", { class: "recheck-list" }, ...rows)];
}
