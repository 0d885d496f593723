/** The renderers of the screen `effect`. */

import { path } from "../panels/path.mjs";
import { effectDraws } from "../panels/themes/effect_draws.mjs";
import { effectHead } from "../panels/themes/effect_head.mjs";
import { effectBeside, effectScore } from "../panels/themes/effect_score.mjs";
import { effectStanding } from "../panels/themes/effect_standing.mjs";

export const panels = {
  path,
  beside: effectBeside,
  draws: effectDraws,
  "effect-head": effectHead,
  "effect-standing": effectStanding,
  score: effectScore,
};
