/** Reports that wait in this phone: kept in IndexedDB, sent once each; used by the page and by its service worker alike. */

const NAME = "citybrain.pocket";
const STORE = "reports";
const MOST_SENT = 30;
/** Where page and service worker tell each other that something changed. */
export const CHANNEL = "citybrain.outbox";
export const SYNC = "citybrain.reports";

/**
 * @typedef {"waiting"|"sending"|"sent"|"refused"} State
 * @typedef {{category: string, description: string, priority: string, lon: number|null, lat: number|null, area: string|null}} Report
 * @typedef {{id: string, state: State, report: Report, kind: any, place: any, language: string, pressed_at: string, answer?: any, code?: string, values?: any, reason?: string}} Entry
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

/** Send all that waits, oldest first; true if none waits any more. @param {string} url */
export async function flush(url) {
  const work = async () => {
    const waiting = (await all()).filter(({ state }) => state === "waiting" || state === "sending").reverse();
    for (const entry of waiting) {
      const after = await sent(entry, url);
      await keep(after);
      if (after.state === "waiting") return false;
    }
    await forget();
    return true;
  };
  // two pages, or a page and its worker, do not send the same report at once; the server would store it once anyway
  return navigator.locks ? navigator.locks.request(CHANNEL, work) : work();
}

/** What became of a report that was sent: received, refused with a reason, or still waiting. @param {Entry} entry @param {string} url @returns {Promise<Entry>} */
async function sent(entry, url) {
  const { id, report, language, pressed_at: happened_at } = entry;
  const body = JSON.stringify({ ...report, id, happened_at, sent_at: new Date().toISOString() });
  await keep({ ...entry, state: "sending" });
  try {
    const answer = await fetch(`${url}?lang=${language}`, { method: "POST", headers: { "citybrain-request": "1", "Content-Type": "application/json" }, body });
    const told = await answer.json();
    if (answer.ok && told.case_id) return { ...entry, state: "sent", answer: told };
    if (answer.status < 500 && told.refused) return { ...entry, state: "refused", code: told.refused, values: told.values, reason: told.message };
  } catch {
    // no network, or no answer: whether it arrived is not known, and sending it again is harmless
  }
  return { ...entry, state: "waiting" };
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
