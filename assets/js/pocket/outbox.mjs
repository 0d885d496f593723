/** Reports and commands that wait in this phone: kept in IndexedDB, sent once each; used by page and service worker alike. */

const NAME = "citybrain.pocket";
const STORE = "reports";
const MOST_SENT = 30;
/** Where page and service worker tell each other that something changed. */
export const CHANNEL = "citybrain.outbox";
export const SYNC = "citybrain.reports";
/** Refusals that mean: a file is not there any more, so it is sent once more. */
/** Refusals of who knocks as they do now, not of what is sent. */
const PASSING = new Set(["not_asked", "only_looking", "no_drill"]);
const LOST = new Set(["no_such_file", "file-lost"]);

/**
 * @typedef {"waiting"|"sending"|"sent"|"refused"} State
 * @typedef {{category: string, description: string, priority: string, lon: number|null, lat: number|null, area: string|null}} Report
 * @typedef {{command: string, case_id: string, seen?: number|null, note?: string, [field: string]: any}} Command without its id and files
 * @typedef {{blob: Blob, name: string|null}} Kept a photo or recording: by the name the server gave it, once it arrived
 * @typedef {{id: string, state: State, report?: Report, command?: Command, files?: Kept[], exercise?: boolean, kind: any, place: any, title?: string, language: string, pressed_at: string, answer?: any, code?: string, values?: any, reason?: string, again?: boolean}} Entry
 */

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>} once it is on disk */
async function within(mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const asked = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** All reports, the newest first. @returns {Promise<Entry[]>} */
export async function all() {
  const entries = await within("readonly", (store) => store.getAll());
  return entries.sort((a, b) => (a.pressed_at < b.pressed_at ? 1 : -1));
}

/** Keep a report, and say so. @param {Entry} entry */
export async function keep(entry) {
  await within("readwrite", (store) => store.put(entry));
  tell();
}

/** @param {string} id */
export async function drop(id) {
  await within("readwrite", (store) => store.delete(id));
  tell();
}

/** Send all that waits, oldest first; true if none waits any more. @param {string} root the server's address */
export async function flush(root) {
  const work = async () => {
    const waiting = (await all()).filter(({ state }) => state === "waiting" || state === "sending").reverse();
    for (const entry of waiting) {
      const after = await sent(entry, root);
      await keep(after);
      if (after.state === "waiting") return false;
    }
    await forget();
    return true;
  };
  // two pages, or a page and its worker, do not send the same report at once; the server would store it once anyway
  return navigator.locks ? navigator.locks.request(CHANNEL, work) : work();
}

/** What became of what was sent: received, refused with a reason, or still waiting. @param {Entry} entry @param {string} root @returns {Promise<Entry>} */
async function sent(entry, root) {
  await keep({ ...entry, state: "sending" });
  try {
    for (const file of entry.files ?? []) {
      const refused = file.name ? null : await carry(file, entry, root);
      if (refused) return refused;
    }
    const answer = await post(entry, root, entry.command ? "api/v1/commands" : "api/reports", JSON.stringify(body(entry)), "application/json");
    const told = await answer.json();
    if (answer.ok && told.case_id) return { ...entry, state: "sent", answer: told, files: [] };
    if (LOST.has(told.refused) && !entry.again) return { ...entry, state: "waiting", again: true, files: entry.files?.map(({ blob }) => ({ blob, name: null })) };
    if (final(answer, told.refused)) return refusal(entry, told);
  } catch {
    // no network, or no answer: whether it arrived is not known, and sending it again is harmless
  }
  return { ...entry, state: "waiting" };
}

/** Send a file before what names it; an entry where the server will not have it. @param {Kept} file @param {Entry} entry @param {string} root @returns {Promise<Entry|null>} */
async function carry(file, entry, root) {
  const answer = await post(entry, root, "api/v1/attachments", file.blob, file.blob.type || "application/octet-stream");
  const told = await answer.json();
  if (answer.ok) {
    file.name = told.name;
    await keep({ ...entry, state: "sending" });
    return null;
  }
  if (final(answer, told.refused)) return refusal(entry, told);
  throw new Error(String(answer.status));
}

/** Whether a refusal stands: one that wants a person to sign in, or asks for patience, does not. @param {Response} answer @param {string} [code] */
function final({ status }, code) {
  return Boolean(code) && status < 500 && status !== 401 && status !== 429 && !PASSING.has(code ?? "");
}

/** @param {Entry} entry @param {any} told @returns {Entry} */
function refusal(entry, told) {
  return { ...entry, state: "refused", code: told.refused, values: told.values, reason: told.message };
}

/** @param {Entry} entry */
function body({ id, report, command, files = [], pressed_at: happened_at }) {
  const attachments = files.map(({ name }) => name);
  if (command) return { ...command, id, attachments };
  return { ...report, id, happened_at, sent_at: new Date().toISOString(), attachments };
}

/** @param {Entry} entry @param {string} root @param {string} path @param {BodyInit} content @param {string} type */
function post({ language, exercise }, root, path, content, type) {
  const url = new URL(path, root);
  url.searchParams.set("lang", language);
  if (exercise) url.searchParams.set("exercise", "1");
  return fetch(url, { method: "POST", headers: { "citybrain-request": "1", "Content-Type": type }, body: content });
}

/** Keep no more receipts than one reads. */
async function forget() {
  const old = (await all()).filter(({ state }) => state === "sent").slice(MOST_SENT);
  for (const { id } of old) await within("readwrite", (store) => store.delete(id));
}

function tell() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}
