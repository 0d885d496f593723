/** The renderers of the screen `safety-creation`. */

import { path } from "../panels/path.mjs";
import { named } from "../panels/themes/named.mjs";
import { needs } from "../panels/themes/needs.mjs";
import { progress } from "../panels/themes/progress.mjs";
import { redLines } from "../panels/themes/red_lines.mjs";
import { safetyHead } from "../panels/themes/safety_head.mjs";
import { villageCard } from "../panels/themes/village_card.mjs";
import { villageMap } from "../panels/themes/village_map.mjs";

export const panels = {
  named, needs, path, progress,
  "red-lines": redLines,
  "safety-head": safetyHead,
  "village-card": villageCard,
  "village-map": villageMap,
};
