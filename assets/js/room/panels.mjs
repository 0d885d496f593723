/** The renderers of a room, for every screen that has places for them. */

import { following } from "./following.mjs";
import { moment } from "./moment.mjs";
import { presence } from "./presence.mjs";
import { presenter } from "./presenter.mjs";
import { push } from "./push.mjs";
import { replay } from "./replay.mjs";
import { tools } from "./tools.mjs";
import { wallNow } from "./wall.mjs";

export const panels = {
  "room-follow": following,
  "room-moment": moment,
  "room-presence": presence,
  "room-presenter": presenter,
  "room-push": push,
  "room-replay": replay,
  "room-tools": tools,
  "room-wall": wallNow,
};
