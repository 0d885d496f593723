/** What the wall shows now: a thumb in the bar, with its name and who pushed it. */

import { make, write } from "../core/dom.mjs";
import { called } from "../link/person.mjs";
import { drawScene } from "./miniature.mjs";
import { openMembers } from "./members.mjs";
import { sceneName, wallName, walls } from "./scene.mjs";

const AGAIN = 30_000;

/** @param {HTMLElement} element @param {import("../core/follow.mjs").Screen} screen */
export function wallNow(element, screen) {
  const { room, words } = screen;
  const picture = make("span", { class: "mini" });
  const line = make("span", { class: "wall-now-line" });
  const button = make("button", { type: "button", class: "wall-now", "aria-haspopup": "dialog", "aria-expanded": "false" }, picture, line);
  button.addEventListener("click", () => openMembers(screen, button));
  element.append(button);
  let told = "";
  const show = () => {
    element.hidden = !walls(screen).length || !room.scene;
    if (element.hidden) return;
    const scene = sceneName(room.scene, screen);
    const by = room.state?.push ? words.say("room.pushed-by", { name: called(room.state.push.by, words) }) : "";
    const text = words.say("room.now", { wall: wallName(screen), scene });
    write(line, text);
    button.title = [text, by].filter(Boolean).join(" · ");
    button.setAttribute("aria-label", button.title);
    const drawn = JSON.stringify(room.scene);
    if (drawn === told) return;
    told = drawn;
    drawScene(picture, room.scene, screen, { thumb: true });
  };
  for (const what of ["joined", "scene", "presence"]) room.addEventListener(what, show);
  screen.geography.load().then(show);
  setInterval(() => {
    told = "";
    show();
  }, AGAIN);
  show();
}
