/** Tells whoever listens what others did in the room. */

import { called } from "../link/person.mjs";
import { announce } from "./notice.mjs";
import { sceneName } from "./scene.mjs";

/** @param {import("../core/follow.mjs").Screen} screen */
export function telling(screen) {
  const { room, words, geography } = screen;
  let before = "";
  let drawn = 0;
  room.addEventListener("scene", async () => {
    const { area, page, case: id } = room.scene ?? {};
    const text = JSON.stringify([area, page, id]);
    const first = !before;
    const same = text === before;
    before = text;
    const by = room.state?.by;
    if (first || same || !by || by.member === room.me?.member) return;
    await geography.load();
    announce(words.say("room.changed", { name: called(by, words), scene: sceneName(room.scene, screen) }));
  });
  room.addEventListener("marks", () => {
    const latest = room.marks[room.marks.length - 1];
    if (room.marks.length > drawn && latest?.by && latest.by !== room.me?.name) announce(words.say("room.drew", { name: latest.by }));
    drawn = room.marks.length;
  });
}
