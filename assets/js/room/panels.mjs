/** The renderers of a room, for every screen that has places for them. */

import { following } from "./following.mjs";
import { presence } from "./presence.mjs";
import { push } from "./push.mjs";
import { wallNow } from "./wall.mjs";

export const panels = { "room-follow": following, "room-presence": presence, "room-push": push, "room-wall": wallNow };
