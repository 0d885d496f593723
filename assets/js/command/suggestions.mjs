/** Who could take a case, and which open ones nearby are perhaps the same. */

import { address } from "../core/page.mjs";

/** @type {Map<string, Promise<any>>} */
const asked = new Map();
const FRESH = 20_000;

/** @param {string} caseId @returns {Promise<{units: any[], all: any[], hands: any[], similar: any[]}>} */
export function suggestions(caseId) {
  let answer = asked.get(caseId);
  if (!answer) {
    answer = fetch(address(`api/v1/cases/${encodeURIComponent(caseId)}/suggestions`)).then((found) => {
      if (!found.ok) throw new Error(String(found.status));
      return found.json();
    });
    asked.set(caseId, answer);
    setTimeout(() => asked.delete(caseId), FRESH);
    answer.catch(() => asked.delete(caseId));
  }
  return answer;
}
