/** Beside the filters: what waits for my own hand, the ledger of orders, the draw for second looks. */

import { find } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { stepsOf } from "../command/fields.mjs";
import { commandsOf } from "../command/command.mjs";
import { filterOf } from "./filter.mjs";
import { openLedger } from "./ledger.mjs";
import { openRecheck } from "./recheck.mjs";

const WAITING = ["reported", "verifying", "filed", "dispatched", "handling", "rework", "suspended", "waiting_reporter", "handled"];
/** A hand that may do nearly everything has nothing of its own. */
const MOST = 6;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export async function queueTools(panel, screen) {
  const filter = filterOf(screen);
  const [mine, ledger, recheck] = ["mine", "ledger", "recheck"].map((name) => find(panel, `[data-tool="${name}"]`));
  ledger.addEventListener("click", () => openLedger(screen));
  recheck.addEventListener("click", () => openRecheck(screen));
  panel.addEventListener("tool", (event) => {
    const button = find(panel, `[data-tool="${/** @type {CustomEvent} */ (event).detail}"]`);
    if (!button.hidden) button.click();
  });
  const [me, table] = await Promise.all([fetch(address("api/me")).then((answer) => (answer.ok ? answer.json() : null)), commandsOf(screen).table()]).catch(() => [null, null]);
  if (!me?.roles || !table) return;
  const may = (/** @type {string} */ command) => table[command]?.roles.some((/** @type {string} */ role) => me.roles.includes(role));
  recheck.hidden = !may("draw_recheck");
  // the next step of a state is mine, or one of its first two is
  const states = WAITING.filter((state) => stepsOf({ state }).slice(0, 2).some((command) => !["urge", "comment"].includes(command) && may(command)));
  mine.hidden = states.length === 0 || states.length > MOST;
  const wanted = states.join(" ");
  mine.addEventListener("click", () => filter.want({ states: filter.wanted.states === wanted ? "" : wanted }));
  filter.addEventListener("change", () => mine.setAttribute("aria-pressed", String(filter.wanted.states === wanted)));
}
