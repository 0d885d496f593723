/** The renderers of the phone. */

import { areaMap } from "../map/area_map.mjs";
import { oneCase } from "../panels/case.mjs";
import { legend } from "../panels/legend.mjs";
import { mapHead } from "../panels/map_head.mjs";
import { path } from "../panels/path.mjs";
import { tabs } from "../panels/tabs.mjs";
import { tasks } from "../panels/tasks.mjs";

export const panels = { legend, path, tabs, tasks, case: oneCase, map: areaMap, "map-head": mapHead };
