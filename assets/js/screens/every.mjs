/** The renderers that every screen has: by the name in `data-panel`. */

import { banner } from "../panels/banner.mjs";
import { clock, date, freshness, replayBadge } from "../panels/header.mjs";
import { language, theme } from "../panels/manner.mjs";
import { navigation } from "../panels/navigation.mjs";
import { warnings } from "../panels/warnings.mjs";
import { meChip } from "../room/me.mjs";

export const panels = { banner, clock, date, freshness, language, navigation, theme, warnings, "me-chip": meChip, "replay-badge": replayBadge };
