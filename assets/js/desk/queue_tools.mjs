/** Beside the filters: what waits for my own hand, the ledger of orders, the draw for second looks. */

import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { commandsOf } from "../command/command.mjs";
import { filterOf } from "./filter.mjs";
import { openLedger } from "./ledger.mjs";
import { mineOf } from "./mine.mjs";
import { openRecheck } from "./recheck.mjs";

/** What a case may wait for. A hand that may do all of it has nothing of its own. */
const AWAITED = ["accept", "verify", "dispatch", "sign", "check_pass", "refuse_request", "recheck_pass", "reply", "triage", "begin_mediation", "lead"];

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
  const own = AWAITED.filter(may).length;
  mine.hidden = own === 0 || own === AWAITED.length;
  if (mine.hidden) return;
  const waiting = mineOf(screen);
  const count = mine.insertBefore(make("span", { class: "value" }), mine.querySelector("kbd"));
  waiting.addEventListener("change", () => write(count, screen.words.count(waiting.rows.length)));
  waiting.begin(mine, screen);
  mine.addEventListener("click", () => filter.want({ mine: !filter.wanted.mine }));
  filter.addEventListener("change", () => mine.setAttribute("aria-pressed", String(Boolean(filter.wanted.mine))));
}
