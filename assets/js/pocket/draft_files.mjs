/** Photos and sound of the report being written: kept in IndexedDB, so that they outlive the page like its words. */

const [NAME, STORE, KEY] = ["citybrain.draft", "files", "blobs"];

/** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>} */
function within(mode, work) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const database = asked.result;
      const transaction = database.transaction(STORE, mode);
      const found = work(transaction.objectStore(STORE));
      const done = (/** @type {() => void} */ then) => () => (database.close(), then());
      transaction.oncomplete = done(() => resolve(found.result));
      transaction.onabort = done(() => reject(transaction.error));
    };
  });
}

/** What was kept; nothing where a browser keeps nothing. @returns {Promise<Blob[]>} */
export async function keptFiles() {
  return within("readonly", (store) => store.get(KEY)).then((blobs) => blobs ?? [], () => []);
}

/** @param {Blob[]} blobs */
export async function keepFiles(blobs) {
  await within("readwrite", (store) => store.put([...blobs], KEY)).catch(() => {});
}
