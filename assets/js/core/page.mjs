/** What the server said about this page: read once from the screen's root element. */

/**
 * @typedef {object} Page
 * @property {HTMLElement} root
 * @property {"wall"|"desk"|"tablet"|"pocket"|"analyst"|"safety-creation"|"grids"|"effect"} name
 * @property {"zh"|"en"} language
 * @property {string} rootArea
 * @property {string} cityName
 * @property {string} timeZone
 * @property {boolean} simulated
 * @property {string} build
 */

/** Whether this page shows an exercise: its address says so, and every question it asks says it too. */
export const EXERCISE = new URLSearchParams(location.search).get("exercise") === "1";
/** What the server answers from a drill's cases instead of the real ones. */
const ANSWERS = /^(api\/|stream$)/;

/** Wait until Dash has drawn the screen. @returns {Promise<Page>} */
export async function page() {
  return read(await drawn());
}

/** @returns {Promise<HTMLElement>} */
function drawn() {
  return new Promise((resolve) => {
    const look = () => {
      const root = /** @type {HTMLElement|null} */ (document.querySelector("#react-entry-point #screen"));
      if (root) {
        document.getElementById("skeleton")?.remove();
        watcher.disconnect();
        resolve(root);
      }
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.documentElement, { childList: true, subtree: true });
    look();
  });
}

/** @param {HTMLElement} root @returns {Page} */
function read(root) {
  const facts = root.dataset;
  const language = facts.lang === "en" ? "en" : "zh";
  document.documentElement.dataset.screen = facts.name;
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
  return {
    root,
    name: facts.name,
    language,
    rootArea: facts.root,
    cityName: facts.cityName,
    timeZone: facts.timeZone,
    simulated: facts.simulated === "true",
    build: facts.build,
  };
}

/** The address of a path of this server, wherever it is mounted; a file under `assets/` is this build's. @param {string} path */
export function address(path) {
  const [, file] = path.split(/^assets\//);
  const url = new URL(file ?? path, new URL(file ? "../../" : "../../../../", import.meta.url));
  if (EXERCISE && ANSWERS.test(path)) url.searchParams.set("exercise", "1");
  return url.href;
}
