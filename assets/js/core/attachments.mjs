/** Photos and sound that belong to cases: sent, shown, opened large. */

import { make } from "./dom.mjs";
import { address } from "./page.mjs";

const [LONGEST, QUALITY] = [2048, 0.85];
/** The server's own limit unless it was set otherwise: then it says so. */
const MOST_BYTES = 12_000_000;
const TOO_LARGE = 413;

/**
 * @typedef {{lon: number|null, lat: number|null, taken_at: string|null}} Offer where and when a photo says it was taken
 * @typedef {{onProgress?: (share: number) => void, signal?: AbortSignal, headers?: Record<string, string>}} Sending `headers`: of who has a link only
 * @typedef {{name: string, media_type: string, bytes: number, width: number|null, height: number|null, offered: Offer|null}} Kept
 */

/** Why a file was not kept: the server's code and words, or `away` where nobody answered. */
export class FileRefused extends Error {
  /** @param {string} code @param {number} status @param {string} [message] */
  constructor(code, status, message) {
    super(message ?? code);
    [this.code, this.status] = [code, status];
  }
}

/**
 * Send a file; a photo that is too large goes once more, smaller (and then tells no place).
 * @param {Blob} file @param {Sending} [options] @returns {Promise<Kept>}
 */
export async function send(file, options = {}) {
  const isPicture = file.type.startsWith("image/");
  if (isPicture && file.size > MOST_BYTES) return put(await smaller(file), options);
  try {
    return await put(file, options);
  } catch (error) {
    const again = isPicture && error instanceof FileRefused && (error.status === TOO_LARGE || error.code === "file_too_many_pixels");
    if (again) return put(await smaller(file), options);
    throw error;
  }
}

/** A thumbnail that opens large; a sound is a player, what may not be seen is nothing. @param {string} name @param {import("./words.mjs").Words} words @returns {HTMLElement} */
export function picture(name, words) {
  const room = make("span", { class: "attached", "data-name": name });
  const image = /** @type {HTMLImageElement} */ (make("img", { src: url(`${name}/thumbnail`), alt: words.say("attach.photo"), loading: "lazy", decoding: "async" }));
  const open = make("button", { type: "button", class: "attached-photo", "aria-label": words.say("attach.open") }, image);
  open.addEventListener("click", () => enlarge(url(name), words));
  image.addEventListener("error", () => {
    // what has no picture is a sound
    const sound = player(url(name), words);
    sound.addEventListener("error", () => room.remove());
    open.replaceWith(sound);
  });
  room.append(open);
  return room;
}

/** @param {string} source @param {import("./words.mjs").Words} words @returns {HTMLAudioElement} */
export function player(source, words) {
  return /** @type {HTMLAudioElement} */ (make("audio", { controls: true, preload: "metadata", src: source, class: "attached-sound", "aria-label": words.say("attach.sound") }));
}

/** Show a picture over everything. @param {string} source @param {import("./words.mjs").Words} words */
export function enlarge(source, words) {
  const shut = make("button", { type: "button", class: "attached-shut", "aria-label": words.say("action.close") }, "×");
  const image = make("img", { src: source, alt: words.say("attach.photo") });
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "attached-large", "aria-label": words.say("attach.photo") }, image, shut));
  (document.getElementById("screen") ?? document.body).append(dialog);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

/** @param {string} path */
function url(path) {
  return address(`api/v1/attachments/${path}`);
}

/** @param {Blob} file @param {Sending} options @returns {Promise<Kept>} */
function put(file, { onProgress, signal, headers = {} }) {
  const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";
  return new Promise((resolve, reject) => {
    // fetch does not tell how far an upload is
    const request = new XMLHttpRequest();
    request.open("POST", address(`api/v1/attachments?lang=${language}`));
    request.setRequestHeader("citybrain-request", "1");
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress?.(total ? loaded / total : 0));
    request.addEventListener("load", () => {
      const told = read(request.responseText);
      if (request.status === 200) resolve(told);
      else reject(new FileRefused(told.refused ?? String(request.status), request.status, told.message));
    });
    for (const failure of ["error", "abort", "timeout"]) request.addEventListener(failure, () => reject(new FileRefused("away", 0)));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** @param {string} text */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Draw a photo again with no more than 2048 pixels a side. @param {Blob} file @returns {Promise<Blob>} */
async function smaller(file) {
  const drawn = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
  const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { width: Math.round(drawn.width * scale), height: Math.round(drawn.height * scale) }));
  canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new FileRefused("file_broken", 0))), "image/jpeg", QUALITY));
}
