/** The renderers of the phone. */

import { areaMap } from "../map/area_map.mjs";
import { legend } from "../panels/legend.mjs";
import { mapHead } from "../panels/map_head.mjs";
import { tabs } from "../panels/tabs.mjs";
import { tasks } from "../panels/tasks.mjs";
import { areaButton, areaHere } from "../pocket/area_button.mjs";
import { asked } from "../pocket/asked.mjs";
import { me } from "../pocket/me.mjs";
import { mine, mineChip } from "../pocket/mine.mjs";
import { oneTask } from "../pocket/one_task.mjs";
import { pick } from "../pocket/pick.mjs";
import { report } from "../pocket/report.mjs";
import { panels as room } from "../room/panels.mjs";

export const panels = {
  ...room, asked, legend, me, mine, pick, report, tabs, tasks,
  "area-button": areaButton,
  "area-here": areaHere,
  map: areaMap,
  "map-head": mapHead,
  "mine-chip": mineChip,
  "one-task": oneTask,
};
