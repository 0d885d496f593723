/** The entry of every screen: connects the socket and hands each element with `data-panel` to its renderer. */

import { Clock } from "./core/clock.mjs";
import { Freshness } from "./core/freshness.mjs";
import { address, page as findPage } from "./core/page.mjs";
import { Selection } from "./core/selection.mjs";
import { Stream } from "./core/stream.mjs";
import { words as fetchWords } from "./core/words.mjs";
import { Geography } from "./map/geography.mjs";
import { Shade } from "./map/shade.mjs";
import { areaMap } from "./map/area_map.mjs";
import { banner } from "./panels/banner.mjs";
import { oneCase } from "./panels/case.mjs";
import { filterBox } from "./panels/filter_box.mjs";
import { funnel } from "./panels/funnel.mjs";
import { clock, date, freshness, replayBadge } from "./panels/header.mjs";
import { keys } from "./panels/keys.mjs";
import { league } from "./panels/league.mjs";
import { legend } from "./panels/legend.mjs";
import { mapHead } from "./panels/map_head.mjs";
import { language, theme } from "./panels/manner.mjs";
import { metrics } from "./panels/metrics.mjs";
import { path } from "./panels/path.mjs";
import { queue } from "./panels/queue.mjs";
import { tabs } from "./panels/tabs.mjs";
import { tasks } from "./panels/tasks.mjs";
import { ticker } from "./panels/ticker.mjs";

/** @type {Record<string, (element: HTMLElement, screen: import("./core/follow.mjs").Screen) => void>} */
const PANELS = {
  banner, clock, date, freshness, funnel, language, league, legend, metrics, path, queue, tabs, tasks, theme, ticker,
  case: oneCase,
  "filter-box": filterBox,
  keys: (_, screen) => keys(screen.page.root, screen),
  map: areaMap,
  "map-head": mapHead,
  "replay-badge": replayBadge,
};

const page = await findPage();
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
  areaRow: (/** @type {string} */ id) => stream.row("areas", id),
};

screen.geography.load().then(() => {
  if (!screen.geography.areas[screen.selection.area]) screen.selection.chooseArea(page.rootArea);
});
stream.addEventListener("hello", (event) => renew(/** @type {CustomEvent} */ (event).detail.build));
for (const element of page.root.querySelectorAll("[data-panel]")) {
  const name = /** @type {HTMLElement} */ (element).dataset.panel ?? "";
  PANELS[name]?.(/** @type {HTMLElement} */ (element), screen);
}
Object.assign(window.citybrain, { screen, ready: true });

/** Load the page anew, once, where the server has become another build. @param {string} build */
function renew(build) {
  if (!build || !page.build || build === page.build || sessionStorage.getItem("citybrain.build") === build) return;
  sessionStorage.setItem("citybrain.build", build);
  location.reload();
}
