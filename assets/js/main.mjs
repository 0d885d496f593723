/** The entry of every screen: connects the socket and hands each element with `data-panel` to its renderer. */

import { ageing } from "./core/ageing.mjs";
import { Clock } from "./core/clock.mjs";
import { exercise } from "./core/exercise.mjs";
import { Freshness } from "./core/freshness.mjs";
import { address, page as findPage } from "./core/page.mjs";
import { Selection } from "./core/selection.mjs";
import { Stream } from "./core/stream.mjs";
import { words as fetchWords } from "./core/words.mjs";
import { link } from "./link/link.mjs";
import { renewal } from "./link/renewal.mjs";
import { Maps } from "./link/maps.mjs";
import { Room } from "./link/room.mjs";
import { Geography } from "./map/geography.mjs";
import { Shade } from "./map/shade.mjs";
import { panels as every } from "./screens/every.mjs";

const page = await findPage();
/** @type {Record<string, (element: HTMLElement, screen: import("./core/follow.mjs").Screen) => void>} */
const panels = { ...every, ...(await import(`./screens/${page.name}.mjs`)).panels };
const words = await fetchWords(page);
const socket = new URL(address("stream"));
socket.protocol = socket.protocol.replace("http", "ws");
const stream = new Stream(socket.href);
const cityClock = new Clock(page.timeZone);
const screen = {
  page,
  words,
  stream,
  clock: cityClock,
  freshness: new Freshness(stream, cityClock),
  selection: new Selection(page.rootArea),
  geography: new Geography(),
  shade: new Shade(),
  room: new Room(stream, page),
  maps: new Maps(),
  areaRow: (/** @type {string} */ id) => stream.row("areas", id),
};

screen.geography.load().then(() => {
  if (!screen.geography.areas[screen.selection.area]) screen.selection.chooseArea(page.rootArea);
});
fetch(address("api/people")).then((answer) => (answer.ok ? answer.json() : {})).then((people) => Object.assign(words.people, people)).catch(() => {});
renewal(screen);
stream.addEventListener("nobody", () => location.replace(address(page.name === "wall" ? "pair" : `sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)));
link(screen);
for (const element of page.root.querySelectorAll("[data-panel]")) {
  const name = /** @type {HTMLElement} */ (element).dataset.panel ?? "";
  panels[name]?.(/** @type {HTMLElement} */ (element), screen);
}
ageing(screen);
exercise(screen);
Object.assign(window.citybrain, { screen, ready: true });
