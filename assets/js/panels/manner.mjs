/** How a viewer likes it: light or dark, Chinese or English. */

const PAIRS = { deskDark: ["deskLight", "light"], deskLight: ["deskDark", "dark"] };

/** @param {HTMLElement} button @param {import("../core/follow.mjs").Screen} screen */
export function theme(button, screen) {
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const [name, choice] = PAIRS[root.dataset.theme ?? "deskDark"] ?? PAIRS.deskDark;
    root.dataset.theme = name;
    try {
      localStorage.setItem(`citybrain.theme.${screen.page.name}`, choice);
    } catch {
      // without storage the choice lasts as long as the page
    }
    window.dispatchEvent(new Event("citybrain:theme"));
  });
}

/** @param {HTMLElement} link @param {import("../core/follow.mjs").Screen} screen */
export function language(link, screen) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const url = new URL(location.href);
    url.searchParams.set("lang", screen.page.language === "en" ? "zh" : "en");
    location.assign(url);
  });
}
