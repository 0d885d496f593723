/** The doors behind which a room's presets and playlists are kept. */

import { address } from "../core/page.mjs";

/** @typedef {{name: string, scene: import("../link/room.mjs").Scene}} Preset */
/** @typedef {{name: string, count: number}} Playlist */

export class Keeper {
  /** @param {import("../link/room.mjs").Room} room */
  constructor(room) {
    this.room = room;
  }

  /** @returns {Promise<{presets: Preset[], playlists: Playlist[]}>} */
  async all() {
    const [presets, playlists] = await Promise.all([this.#ask("presets"), this.#ask("playlists")]);
    return { presets, playlists: playlists.map((/** @type {any} */ { name, steps }) => ({ name, count: steps.length })) };
  }

  /** Keep what the room looks at under a name. @param {string} name */
  save(name) {
    return this.#ask(`presets/${encodeURIComponent(name)}`, "PUT", { scene: this.room.scene });
  }

  /** @param {string} name */
  remove(name) {
    return this.#ask(`presets/${encodeURIComponent(name)}`, "DELETE");
  }

  /** Keep presets to be shown in turn. @param {string} name @param {string[]} presets @param {number} seconds each */
  saveList(name, presets, seconds) {
    return this.#ask(`playlists/${encodeURIComponent(name)}`, "PUT", { steps: presets.map((preset) => ({ preset, seconds })) });
  }

  /** @param {string} name */
  removeList(name) {
    return this.#ask(`playlists/${encodeURIComponent(name)}`, "DELETE");
  }

  /** @param {string} path @param {string} [method] @param {any} [body] */
  async #ask(path, method = "GET", body = undefined) {
    const headers = { "citybrain-request": "1", ...(body ? { "content-type": "application/json" } : {}) };
    const answer = await fetch(address(`api/rooms/${encodeURIComponent(this.room.name)}/${path}`), { method, headers, body: body && JSON.stringify(body) });
    const told = await answer.json().catch(() => null);
    if (!answer.ok) throw new Error(String(told?.detail ?? answer.status));
    return told;
  }
}
