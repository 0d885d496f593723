// The first script of a page: marks it before the first paint, then loads the screen's modules.
"use strict";

(() => {
  const THEMES = {
    wall: { dark: "wallDark", light: "deskLight" },
    desk: { dark: "deskDark", light: "deskLight" },
  };
  const light = new Set(["analyst"]);
  const query = new URLSearchParams(location.search);
  const name = location.pathname.split("/").filter(Boolean).pop() ?? "desk";
  const themes = THEMES[name] ?? THEMES.desk;
  let chosen = query.get("theme");
  try {
    chosen ??= localStorage.getItem(`citybrain.theme.${name}`);
  } catch {
    // a locked-down display has no storage: the screen's own theme stands
  }
  const root = document.documentElement;
  root.dataset.screen = name;
  root.dataset.theme = themes[chosen] ?? themes[light.has(name) ? "light" : "dark"];
  if (query.get("exercise") === "1") root.dataset.exercise = "true";
  root.lang = query.get("lang") === "en" ? "en" : "zh-CN";
  window.citybrain = { painted: {}, errors: [] };
  // first of all listeners: the page's framework would draw it anew, where a screen goes back by itself
  window.addEventListener("popstate", (event) => window.citybrain.returned && (event.stopImmediatePropagation(), window.citybrain.returned()));
  const base = new URL(document.currentScript.dataset.root, location.href);
  const later = new URL("later.css", base).href;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: later }));
  const own = document.querySelector(`[data-of$="${name}"]`)?.dataset.modules ?? "";
  for (const href of own.split(" ").filter(Boolean)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
  import(new URL("js/main.mjs", base).href).catch((error) => window.citybrain.errors.push(String(error)));
})();
