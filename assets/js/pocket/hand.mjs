/** Whose hand holds this phone: roles and unit, remembered for when there is no network. */

import { address } from "../core/page.mjs";
import { recall, remember } from "./remembered.mjs";

/** @typedef {{user: string, roles: string[], unit: string|null, areas: string[]}} Me */

const UNIT = ["unit_handler", "unit_head"];

export class Hand extends EventTarget {
  /** @type {Me} */
  me = recall("hand") ?? { user: "", roles: [], unit: null, areas: [] };

  constructor() {
    super();
    this.#learn();
  }

  /** @param {...string} roles */
  is(...roles) {
    return roles.some((role) => this.me.roles.includes(role));
  }

  /** Whether a unit is mine; on a machine where nobody signs in, all are. @param {string|null} unit */
  works(unit) {
    return Boolean(unit) && this.is(...UNIT) && (this.me.unit === null || this.me.unit === unit);
  }

  async #learn() {
    try {
      const answer = await fetch(address("api/me"));
      if (!answer.ok) return;
      const { user, roles, unit, areas } = await answer.json();
      this.me = { user, roles: roles ?? [], unit: unit ?? null, areas: areas ?? [] };
      remember("hand", this.me);
      this.dispatchEvent(new Event("change"));
    } catch {
      // without a network it is who it was before
    }
  }
}
