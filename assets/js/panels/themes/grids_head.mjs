/** How much there is of streets, communities and grids; what the maps show, and of when. */

import { find, write } from "../../core/dom.mjs";
import { address } from "./force.mjs";
import { nothing } from "./nothing.mjs";
import { showing } from "./showing.mjs";
import { switching } from "./switching.mjs";

/** @param {HTMLElement} panel @param {import("../../core/follow.mjs").Screen} screen */
export function gridsHead(panel, screen) {
  const { words, geography } = screen;
  switching(find(panel, ".measures"), address, "measure");
  switching(find(panel, ".periods"), address, "period");
  const fixed = () => {
    for (const button of panel.querySelectorAll(".periods .choice")) button.toggleAttribute("disabled", address.get("measure") === "load");
  };
  address.addEventListener("change", fixed);
  fixed();
  showing(panel, screen, address, "grid_force", (channel) => {
    const rows = [...channel.rows.values()];
    nothing(screen, rows.length, words.say("grids.no-grid"), channel.asOf);
    const streets = new Set(rows.map((row) => row.street_id)).size;
    const villages = new Set(rows.map((row) => geography.areas[row.area_id]?.parent)).size;
    write(find(panel, ".theme-inside"), words.say("grids.inside", { streets, villages, grids: words.count(rows.length) }));
  });
}
