/** Finds where the chosen case is, so that every map of the wall rings it: at once where it is drawn already, else by asking. */

import { address } from "../core/page.mjs";

/** @param {import("../core/follow.mjs").Screen} screen */
export function locating({ selection, stream, maps }) {
  const known = (/** @type {string} */ id) => stream.row("case_points", id) ?? maps.main?.marks.get(id);
  const locate = async () => {
    const id = selection.case;
    if (!id) return;
    const row = known(id) ?? (await asked(id));
    if (!row || selection.case !== id || row.lon === null || row.lon === undefined) return;
    selection.locate([row.lon, row.lat], row.area_id);
  };
  selection.addEventListener("case", locate);
  if (selection.case) locate();
}

/** @param {string} id @returns {Promise<any>} */
async function asked(id) {
  const answer = await fetch(address(`api/cases/${encodeURIComponent(id)}`)).catch(() => null);
  return answer?.ok ? (await answer.json()).case : null;
}
