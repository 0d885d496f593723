/** The renderers of the analyst's screen. */

import { analyst } from "../analyst/analyst.mjs";

export const panels = { analyst };
