/** The keys of the screen: M or / finds a metric, arrows choose a row or move the period, Enter drills, Backspace goes up, Esc steps back. */

/** @param {import("./desk.mjs").Desk} desk @param {any} parts @param {import("./asking.mjs").Asking} asking */
export function keys(desk, parts, asking) {
  const { question } = desk;
  /** @type {Record<string, () => unknown>} */
  const does = {
    m: () => parts.finder.focus(),
    "/": () => parts.finder.focus(),
    ArrowDown: () => parts.board.step(1),
    ArrowUp: () => parts.board.step(-1),
    ArrowLeft: () => parts.trend.move(-1),
    ArrowRight: () => parts.trend.move(1),
    Enter: () => parts.board.drill(),
    Backspace: () => up(desk),
    p: () => question.ask({ view: desk.asked.view === "pivot" ? "rank" : "pivot" }),
    Escape: () => asking.cancel() || question.choose({}),
  };
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const busy = target.matches("input, select, textarea") || document.querySelector("dialog[open], [popover]:popover-open");
    if (busy || event.ctrlKey || event.metaKey || event.altKey) return;
    // a button keeps its own Enter
    if (event.key === "Enter" && target.matches("button, a, summary")) return;
    const act = does[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** @param {import("./desk.mjs").Desk} desk */
function up({ geography, question, asked }) {
  const above = geography.path(asked.area).at(-2);
  if (above) question.ask({ area: above, by: "" });
}
