/** The renderers of the desk. */

import { areaMap } from "../map/area_map.mjs";
import { oneCase } from "../panels/case.mjs";
import { filterBox } from "../panels/filter_box.mjs";
import { funnel } from "../panels/funnel.mjs";
import { keys } from "../panels/keys.mjs";
import { league } from "../panels/league.mjs";
import { legend } from "../panels/legend.mjs";
import { mapHead } from "../panels/map_head.mjs";
import { metrics } from "../panels/metrics.mjs";
import { path } from "../panels/path.mjs";
import { queue } from "../panels/queue.mjs";
import { ticker } from "../panels/ticker.mjs";

/** @typedef {import("../core/follow.mjs").Screen} Screen */

export const panels = {
  funnel, league, legend, metrics, path, queue, ticker,
  case: oneCase,
  "filter-box": filterBox,
  keys: (/** @type {HTMLElement} */ _, /** @type {Screen} */ screen) => keys(screen.page.root, screen),
  map: areaMap,
  "map-head": mapHead,
};
