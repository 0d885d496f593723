/** The renderers of the wall. */

import { areaMap } from "../map/area_map.mjs";
import { callout } from "../panels/callout.mjs";
import { day } from "../panels/day.mjs";
import { funnel } from "../panels/funnel.mjs";
import { league } from "../panels/league.mjs";
import { legend } from "../panels/legend.mjs";
import { metrics } from "../panels/metrics.mjs";
import { ticker } from "../panels/ticker.mjs";
import { stage } from "../wall/stage.mjs";
import { panels as every } from "./every.mjs";

/** @type {Record<string, (element: HTMLElement, screen: import("../core/follow.mjs").Screen) => void>} */
const own = { callout, day, funnel, league, legend, map: areaMap, metrics, ticker };

export const panels = { ...own, wall: stage({ ...every, ...own }) };
