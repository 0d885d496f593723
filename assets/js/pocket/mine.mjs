/** What was reported and done from this phone: what waits, what was received as which case, what was refused and why. */

import { find, KeyedList, make, mark, write } from "../core/dom.mjs";
import { phone } from "./phone.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */
/** @typedef {import("./outbox.mjs").Entry} Entry */

/** The chip that shows one's own reports instead of the tasks. @param {HTMLElement} chip @param {Screen} screen */
export function mineChip(chip, screen) {
  const { page, words } = screen;
  const { sending } = phone(screen);
  const choose = (/** @type {boolean} */ mine) => {
    mark(page.root, "list", mine ? "mine" : null);
    chip.setAttribute("aria-pressed", String(mine));
  };
  chip.addEventListener("click", () => choose(page.root.dataset.list !== "mine"));
  page.root.addEventListener("citybrain:mine", (event) => choose(/** @type {CustomEvent} */ (event).detail));
  sending.addEventListener("change", () => write(find(chip, ".value"), words.count(sending.entries.length)));
  write(find(chip, ".value"), words.count(0));
  choose(false);
}

/** @param {HTMLElement} panel @param {Screen} screen */
export function mine(panel, screen) {
  const { sending } = phone(screen);
  const list = new KeyedList(find(panel, ".mine-list"), () => create(screen), (node, entry) => update(node, entry, screen));
  const show = () => {
    list.show(sending.entries.map((entry) => [entry.id, entry]));
    find(panel, ".mine-empty").hidden = sending.entries.length > 0;
  };
  sending.addEventListener("change", show);
  show();
}

/** @param {Screen} screen */
function create(screen) {
  const { words, page, selection } = screen;
  const { sending } = phone(screen);
  const parts = ["mine-title", "mine-state", "mine-place", "mine-when", "mine-why"].map((name) => make("span", { class: name }));
  const acts = ["open", "edit", "drop"].map((name) => make("button", { type: "button", class: `mine-${name} button-plain` }));
  const [open, edit, drop] = acts;
  write(open, words.say("mine.open"));
  write(edit, words.say("mine.edit"));
  write(drop, words.say("mine.drop"));
  const item = make("li", { class: "mine-item" }, ...parts, make("span", { class: "mine-acts" }, ...acts));
  const entry = () => sending.entries.find(({ id }) => id === item.dataset.id);
  open.addEventListener("click", () => selection.chooseCase(entry()?.command?.case_id ?? entry()?.answer?.case_id ?? null));
  drop.addEventListener("click", () => sending.drop(item.dataset.id ?? ""));
  edit.addEventListener("click", async () => {
    const changed = entry();
    await sending.drop(item.dataset.id ?? "");
    page.root.dispatchEvent(new CustomEvent("citybrain:report", { detail: changed }));
  });
  return item;
}

/** When it was written, by the city's clock: as the server said, or as long ago as this phone counted. @param {Entry} entry @param {import("../core/clock.mjs").Clock} clock */
function pressedAt({ answer, pressed_at: pressed }, clock) {
  return answer?.happened_at ?? new Date(clock.now() - (Date.now() - Date.parse(pressed)) * clock.speed).toISOString();
}

/** @param {HTMLElement} node @param {Entry} entry @param {Screen} screen */
function update(node, entry, { words, clock }) {
  mark(node, "id", entry.id);
  mark(node, "fate", entry.state);
  const { report, command } = entry;
  write(find(node, ".mine-title"), command ? `${words.field(entry.kind, "name")} · ${entry.title ?? ""}` : report?.description || words.field(entry.kind, "name"));
  const told = { waiting: words.say("mine.waiting"), sending: words.say("mine.sending"), sent: words.say("mine.sent"), refused: words.say("mine.refused") };
  write(find(node, ".mine-state"), told[entry.state]);
  const place = entry.answer ? words.field(entry.answer, "area") : entry.place ? words.field(entry.place, "name") : "";
  write(find(node, ".mine-place"), command ? (command.note ?? "") : [words.field(entry.kind, "name"), place].filter(Boolean).join(" · "));
  write(find(node, ".mine-when"), words.say("mine.pressed", { time: words.when(pressedAt(entry, clock), clock.now()) }));
  const refused = () => (command ? (entry.reason ?? "") : words.say(`refused.${entry.code}`, entry.values));
  const why = entry.state === "refused" ? refused() : (command?.case_id ?? entry.answer?.case_id ?? "");
  write(find(node, ".mine-why"), why);
  find(node, ".mine-open").hidden = entry.state !== "sent" && !command;
  find(node, ".mine-edit").hidden = entry.state !== "refused" || Boolean(command);
  find(node, ".mine-drop").hidden = entry.state !== "refused";
}
