/** The renderers that every screen has: by the name in `data-panel`. */

import { banner } from "../panels/banner.mjs";
import { clock, date, freshness, replayBadge } from "../panels/header.mjs";
import { language, theme } from "../panels/manner.mjs";
import { navigation } from "../panels/navigation.mjs";

export const panels = { banner, clock, date, freshness, language, navigation, theme, "replay-badge": replayBadge };
