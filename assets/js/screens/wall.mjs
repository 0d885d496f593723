/** The renderers of the wall. */

import { areaMap } from "../map/area_map.mjs";
import { funnel } from "../panels/funnel.mjs";
import { league } from "../panels/league.mjs";
import { legend } from "../panels/legend.mjs";
import { metrics } from "../panels/metrics.mjs";
import { ticker } from "../panels/ticker.mjs";

export const panels = { funnel, league, legend, map: areaMap, metrics, ticker };
