/** What an administrator may see and do, section by section: the door, its columns, its deeds. */

import { address } from "../core/page.mjs";
import { AuditSection } from "./admin_audit.mjs";
import { ask } from "./opening.mjs";

/**
 * @typedef {{name: string, type?: string, optional?: boolean, list?: boolean}} Field
 * @typedef {{may: string, door: string, of?: string, columns: string[], acts?: string[], live?: boolean, fields?: Field[], save?: (row: any) => Promise<any>, own?: (section: HTMLElement, words: import("../core/words.mjs").Words, zone: string) => Promise<void>}} Section
 */

/** @type {Record<string, Section>} */
export const SECTIONS = {
  waiting: { may: "approve_device", door: "api/pairing", of: "walls", columns: [], live: true },
  devices: { may: "manage_devices", door: "api/devices", columns: ["name", "room", "role", "areas", "by", "created_at", "until"], acts: ["rename", "revoke-device"], live: true },
  rooms: { may: "manage_devices", door: "api/rooms", columns: ["name", "members"], live: true },
  accounts: {
    may: "manage_accounts", door: "api/accounts", columns: ["user", "name", "roles", "areas", "unit", "demo", "disabled"], acts: ["view-as", "disable", "enable"],
    fields: [{ name: "user" }, { name: "name" }, { name: "roles", list: true }, { name: "areas", list: true, optional: true }, { name: "unit", optional: true }, { name: "password", type: "password", optional: true }],
    save: ({ user, ...person }) => ask(`api/accounts/${encodeURIComponent(user)}`, person, "PUT"),
  },
  sessions: { may: "manage_accounts", door: "api/sessions", columns: ["user", "started_at", "seen_at", "address", "until"], acts: ["revoke-session"], live: true },
  keys: {
    may: "manage_keys", door: "api/keys", columns: ["label", "user", "roles", "areas", "by", "created_at", "used_at", "until"], acts: ["revoke-key"],
    fields: [{ name: "label" }, { name: "user" }, { name: "roles", list: true, optional: true }, { name: "areas", list: true, optional: true }, { name: "days", type: "number", optional: true }],
    save: (key) => ask("api/keys", key),
  },
  audit: { may: "read_audit", door: "api/audit", columns: [], own: (section, words, zone) => new AuditSection(section, words, zone).start() },
  pairings: { may: "read_audit", door: "api/pairing/log", columns: ["at", "by", "what", "name", "room", "address"] },
};

/** An account as its door takes it. @param {any} row @param {any} change */
function account({ user, name, roles, areas, unit }, change) {
  return ask(`api/accounts/${encodeURIComponent(user)}`, { name, roles, areas, unit, ...change }, "PUT");
}

/** @type {Record<string, {run: (row: any) => Promise<any>, sure?: boolean, asks?: boolean, fits?: (row: any) => boolean}>} */
export const deeds = {
  rename: { asks: true, run: (row) => ask(`api/devices/${row.id}`, { name: row.name }, "PATCH") },
  "revoke-device": { sure: true, run: (row) => ask(`api/devices/${row.id}`, undefined, "DELETE") },
  "revoke-session": { sure: true, run: (row) => ask(`api/sessions/${row.id}`, undefined, "DELETE") },
  "revoke-key": { sure: true, run: (row) => ask(`api/keys/${row.id}`, undefined, "DELETE") },
  "view-as": { fits: (row) => !row.disabled, run: (row) => ask("api/view-as", { user: row.user }).then(() => location.assign(address(""))) },
  disable: { sure: true, fits: (row) => !row.disabled, run: (row) => account(row, { disabled: true }) },
  enable: { fits: (row) => row.disabled === true, run: (row) => account(row, { disabled: false }) },
};
