/** The renderers of the screen `grids`. */

import { path } from "../panels/path.mjs";
import { clusterMaps } from "../panels/themes/cluster_maps.mjs";
import { gridCard } from "../panels/themes/grid_card.mjs";
import { gridsHead } from "../panels/themes/grids_head.mjs";
import { loadPlot } from "../panels/themes/load_plot.mjs";
import { silent } from "../panels/themes/silent.mjs";
import { strip } from "../panels/themes/strip.mjs";

export const panels = {
  path, silent, strip,
  "cluster-maps": clusterMaps,
  "grid-card": gridCard,
  "grids-head": gridsHead,
  "load-plot": loadPlot,
};
