/** A hand acts from a phone: the command goes through the outbox, and the hand hears what became of it. */

import { address } from "../core/page.mjs";
import { phone } from "./phone.mjs";
import { identity } from "./sending.mjs";

/**
 * Give a command: now, or as soon as there is a network.
 * @param {import("../core/follow.mjs").Screen} screen @param {any} row the case
 * @param {{command: string, [field: string]: any}} command @param {{note?: string, files?: Blob[], name: string}} said
 */
export async function act(screen, row, command, { note = "", files = [], name }) {
  const { words } = screen;
  const held = phone(screen);
  if (!navigator.onLine) held.say(words.say("act.said-kept", { act: name }));
  const entry = await held.sending.add({
    id: identity(), command: { ...command, case_id: String(row.case_id), note, seen: row.last_seq ?? null },
    files: files.map((blob) => ({ blob, name: null })), kind: { name_zh: name, name_en: name }, place: null,
    title: row.title || words.field(row, "category"), language: words.language, pressed_at: new Date().toISOString(),
  });
  if (entry?.state === "sent") held.say(words.say("act.said-done", { act: name }));
  else if (entry?.state === "refused") held.say(words.say("act.said-refused", { act: name, reason: entry.reason ?? "" }));
  else held.say(words.say("act.said-kept", { act: name }));
  return entry;
}

/**
 * Say how far an order came, without a word to its reader: what fails is said again at the next look.
 * @param {import("../core/follow.mjs").Screen} screen @param {string} caseId @param {"delivered"|"read"} receipt @param {string|null} [order]
 */
export async function receipt(screen, caseId, receipt, order = null) {
  const told = `${caseId} ${order ?? ""} ${receipt}`;
  if (given.has(told) || !navigator.onLine) return;
  given.add(told);
  const body = JSON.stringify({ command: "receive", id: identity(), case_id: caseId, receipt, order_id: order });
  const answer = await fetch(address("api/v1/commands"), { method: "POST", headers: { "citybrain-request": "1", "content-type": "application/json" }, body }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) given.delete(told);
}

/** What this page told already. @type {Set<string>} */
const given = new Set();
