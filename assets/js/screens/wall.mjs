/** The renderers of the wall. */

import { areaMap } from "../map/area_map.mjs";
import { callout } from "../panels/callout.mjs";
import { day } from "../panels/day.mjs";
import { funnel } from "../panels/funnel.mjs";
import { league } from "../panels/league.mjs";
import { legend } from "../panels/legend.mjs";
import { metrics } from "../panels/metrics.mjs";
import { ticker } from "../panels/ticker.mjs";
import { focusCase, focusSteps } from "../wall/focus_panels.mjs";
import { near } from "../wall/near.mjs";
import { nearMap } from "../wall/near_map.mjs";
import { stage } from "../wall/stage.mjs";
import { gridCounts, gridSilent, gridTowns, safetyBreaches, safetyCounts, safetyStages, safetySteps } from "../wall/theme_panels.mjs";
import "../wall/theme_shades.mjs";
import { castLine, presence } from "../wall/told.mjs";
import { panels as every } from "./every.mjs";

/** @type {Record<string, (element: HTMLElement, screen: import("../core/follow.mjs").Screen) => void>} */
const own = {
  callout, day, funnel, league, legend, metrics, near, ticker,
  "focus-case": focusCase,
  "focus-steps": focusSteps,
  "grid-counts": gridCounts,
  "grid-silent": gridSilent,
  "grid-towns": gridTowns,
  map: areaMap,
  "near-map": nearMap,
  "safety-breaches": safetyBreaches,
  "safety-counts": safetyCounts,
  "safety-stages": safetyStages,
  "safety-steps": safetySteps,
  "wall-cast": castLine,
  "wall-presence": presence,
};

export const panels = { ...own, wall: stage({ ...every, ...own }) };
