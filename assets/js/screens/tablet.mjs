/** The renderers of the tablet. */

import { areaMap } from "../map/area_map.mjs";
import { areaCases } from "../panels/area_cases.mjs";
import { briefing } from "../panels/briefing.mjs";
import { oneCase } from "../panels/case.mjs";
import { decisions } from "../panels/decisions.mjs";
import { drill, upButton } from "../panels/drill.mjs";
import { legend } from "../panels/legend.mjs";
import { path } from "../panels/path.mjs";
import { places } from "../panels/places.mjs";
import { ranking } from "../panels/ranking.mjs";
import { panels as room } from "../room/panels.mjs";
import { leading } from "../tablet/leading.mjs";
import { myOrders } from "../tablet/my_orders.mjs";
import { pad } from "../tablet/pad.mjs";
import { pinning } from "../tablet/pinning.mjs";
import { wallsWaiting } from "../tablet/walls_waiting.mjs";

export const panels = {
  ...room, briefing, decisions, drill, leading, legend, path, places, ranking,
  "area-cases": areaCases,
  case: oneCase,
  map: (/** @type {HTMLElement} */ panel, /** @type {import("../core/follow.mjs").Screen} */ screen) => {
    areaMap(panel, screen);
    pinning(screen);
  },
  "my-orders": myOrders,
  "room-pad": pad,
  "walls-waiting": wallsWaiting,
  up: upButton,
};
