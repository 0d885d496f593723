/** The renderers of the desk. */

import { drawer } from "../desk/drawer.mjs";
import { hands } from "../desk/hands.mjs";
import { keys } from "../desk/keys.mjs";
import { panes } from "../desk/panes.mjs";
import { queue } from "../desk/queue.mjs";
import { queueTools } from "../desk/queue_tools.mjs";
import { search } from "../desk/search.mjs";
import { areaMap } from "../map/area_map.mjs";
import { funnel } from "../panels/funnel.mjs";
import { league } from "../panels/league.mjs";
import { legend } from "../panels/legend.mjs";
import { mapHead } from "../panels/map_head.mjs";
import { metrics } from "../panels/metrics.mjs";
import { path } from "../panels/path.mjs";
import { ticker } from "../panels/ticker.mjs";
import { panels as room } from "../room/panels.mjs";
import { preferences } from "../desk/preferences.mjs";

export const panels = {
  drawer, funnel, hands, keys, league, legend, metrics, panes, path, queue, search, ticker,
  ...room, preferences,
  map: areaMap,
  "map-head": mapHead,
  "queue-tools": queueTools,
};
