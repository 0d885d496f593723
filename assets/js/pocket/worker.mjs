/**
 * The phone's service worker: its page opens without a network, and what waits is sent when there is one.
 * What is live always comes from the server, or not at all.
 */

import { all, flush, SYNC } from "./outbox.mjs";

const PREFIX = "citybrain.pocket.";
/** How long a page may take before the kept one is shown. */
const PATIENCE = 4000;

/** @typedef {{build: string, root: string, shells: Record<string, string>, files: string[]}} Kept files of one build, below `root` */

/** @param {any} worker the worker's global scope @param {Kept} kept */
export function work(worker, kept) {
  const name = PREFIX + kept.build;
  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install(worker, name, kept)));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate(worker, name)));
  worker.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(keep(name, kept, event.data?.keep ?? [])));
  worker.addEventListener("fetch", (/** @type {any} */ event) => answer(event, name, kept));
  worker.addEventListener("sync", (/** @type {any} */ event) => {
    if (event.tag === SYNC) event.waitUntil(deliver());
  });
}

/** @param {any} worker @param {string} name @param {Kept} kept */
async function install(worker, name, { files, shells }) {
  const cache = await caches.open(name);
  await cache.addAll([...files, ...Object.values(shells)]);
  await worker.skipWaiting();
}

/** Leave nothing of older builds behind. @param {any} worker @param {string} name */
async function activate(worker, name) {
  const old = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== name);
  await Promise.all(old.map((key) => caches.delete(key)));
  await worker.clients.claim();
}

/** Keep what a page needed, such as the fonts of its words. @param {string} name @param {Kept} kept @param {string[]} addresses */
async function keep(name, kept, addresses) {
  const cache = await caches.open(name);
  for (const address of addresses) {
    const url = new URL(address);
    if (isBuilt(url, kept) && !(await cache.match(address))) await cache.add(address).catch(() => {});
  }
}

/** @param {URL} url @param {Kept} kept */
const isBuilt = ({ origin, pathname }, { root }) => origin === location.origin && pathname.startsWith(root);

/** @param {URL} url what describes the city, not how it is: its areas, its words, its categories */
const isReference = ({ origin, pathname }) => origin === location.origin && (/^\/(geo|catalogue)\//.test(pathname) || pathname === "/api/reports/form");

/** @param {any} event @param {string} name @param {Kept} kept */
function answer(event, name, kept) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request, url, name, kept));
  else if (isBuilt(url, kept)) event.respondWith(built(request, name));
  else if (isReference(url)) event.respondWith(reference(request, name));
}

/** The page from the server, or the kept one. @param {Request} request @param {URL} url @param {string} name @param {Kept} kept */
async function page(request, url, name, { shells }) {
  const cache = await caches.open(name);
  const language = url.searchParams.get("lang") ?? "";
  const shell = () => cache.match(shells[language] ?? Object.values(shells)[0]);
  const late = new Promise((resolve) => setTimeout(() => resolve(shell()), PATIENCE));
  try {
    const found = await Promise.race([fetch(request), late]);
    return found?.status < 500 ? found : ((await shell()) ?? found);
  } catch (error) {
    return (await shell()) ?? Promise.reject(error);
  }
}

/** What never changes under its address. @param {Request} request @param {string} name */
async function built(request, name) {
  const cache = await caches.open(name);
  return (await cache.match(request)) ?? fetch(request);
}

/** The present one, else the one kept last. @param {Request} request @param {string} name */
async function reference(request, name) {
  const cache = await caches.open(name);
  try {
    const found = await fetch(request);
    if (found.ok) await cache.put(request, found.clone());
    return found;
  } catch (error) {
    return (await cache.match(request)) ?? Promise.reject(error);
  }
}

/** Send what waits; the browser asks again later where that fails. */
async function deliver() {
  const done = await flush(new URL("/", location.origin).href);
  if (!done && (await all()).some(({ state }) => state === "waiting")) throw new Error("something still waits");
}
