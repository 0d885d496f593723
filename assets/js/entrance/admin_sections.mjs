/** What an administrator may see and do, section by section: the door, its columns, its deeds. */

import { address } from "../core/page.mjs";
import { ask } from "./opening.mjs";

/** @type {Record<string, {may: string, door: string, of?: string, columns: string[], acts?: string[], live?: boolean}>} */
export const SECTIONS = {
  waiting: { may: "approve_device", door: "api/pairing", of: "walls", columns: [], live: true },
  devices: { may: "manage_devices", door: "api/devices", columns: ["name", "room", "role", "areas", "by", "created_at", "seen_at", "until"], acts: ["rename", "revoke-device"], live: true },
  rooms: { may: "presence", door: "api/rooms", columns: ["name", "members"], live: true },
  accounts: { may: "manage_accounts", door: "api/accounts", columns: ["user", "name", "roles", "areas", "unit", "state"], acts: ["view-as", "disable", "enable"] },
  sessions: { may: "manage_accounts", door: "api/sessions", columns: ["user", "started_at", "seen_at", "address", "until"], acts: ["revoke-session"], live: true },
  keys: { may: "manage_keys", door: "api/keys", columns: ["label", "user", "roles", "areas", "by", "created_at", "until"], acts: ["revoke-key"] },
  pairings: { may: "read_audit", door: "api/pairing/log", columns: ["at", "by", "what", "name", "room", "address"] },
  sign_ins: { may: "read_audit", door: "api/audit/sign-ins", columns: ["at", "user", "what", "where"] },
  denials: { may: "read_audit", door: "api/audit/denials", columns: ["at", "user", "roles", "what", "where", "device"] },
};

/** @type {Record<string, {run: (row: any) => Promise<any>, sure?: boolean, asks?: boolean, fits?: (row: any) => boolean}>} */
export const deeds = {
  rename: { asks: true, run: (row) => ask(`api/devices/${row.id}`, { name: row.name }, "PATCH") },
  "revoke-device": { sure: true, run: (row) => ask(`api/devices/${row.id}`, undefined, "DELETE") },
  "revoke-session": { sure: true, run: (row) => ask(`api/sessions/${row.id}`, undefined, "DELETE") },
  "revoke-key": { sure: true, run: (row) => ask(`api/keys/${row.id}`, undefined, "DELETE") },
  "view-as": { fits: (row) => !row.disabled, run: (row) => ask("api/view-as", { user: row.user }).then(() => location.assign(address(""))) },
  disable: { sure: true, fits: (row) => !row.disabled, run: (row) => ask(`api/accounts/${encodeURIComponent(row.user)}`, { disabled: true }, "PATCH") },
  enable: { fits: (row) => row.disabled === true, run: (row) => ask(`api/accounts/${encodeURIComponent(row.user)}`, { disabled: false }, "PATCH") },
};
