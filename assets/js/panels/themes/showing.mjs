/** Ties a panel to a view and to the address, and some of its parts to a view of the chosen area. */

import { mark } from "../../core/dom.mjs";
import { follow } from "../../core/follow.mjs";

/** @typedef {import("../../core/follow.mjs").Screen} Screen @typedef {import("../../core/channel.mjs").Channel} Channel */

/**
 * Render a view of the selected area with every change of it, of the address, and, where asked for, with every minute.
 * @param {HTMLElement} panel @param {Screen} screen @param {import("./address.mjs").Address} address @param {string} view
 * @param {(channel: Channel) => void} render @param {{minutes?: boolean}} [options]
 */
export async function showing(panel, screen, address, view, render, { minutes = false } = {}) {
  await screen.geography.load();
  /** @type {Channel|null} */
  let last = null;
  const again = () => last?.loaded && last.area === screen.selection.area && render(last);
  follow(panel, screen, view, (channel) => {
    last = channel;
    render(channel);
  });
  address.addEventListener("change", again);
  if (minutes) everyMinute(screen, again);
}

/** @param {Screen} screen @param {() => void} act */
export function everyMinute({ clock }, act) {
  let shown = NaN;
  clock.everySecond(() => {
    const minute = Math.floor(clock.now() / 60_000);
    if (minute === shown) return;
    shown = minute;
    act();
  });
}

/** A view of one area that changes with what is chosen. */
export class Chosen {
  #leave = () => {};
  #area = "";

  /** @param {HTMLElement} panel @param {Screen} screen @param {string} view @param {(channel: Channel|null) => void} render null while nothing is known */
  constructor(panel, screen, view, render) {
    this.panel = panel;
    this.screen = screen;
    this.view = view;
    this.render = render;
  }

  /** @param {string} area */
  of(area) {
    if (area === this.#area) return;
    this.#area = area;
    this.#leave();
    this.render(null);
    mark(this.panel, "state", "loading");
    const listener = (/** @type {Channel} */ channel) => {
      mark(this.panel, "state", null);
      if (!channel.refusal) this.render(channel);
    };
    this.#leave = area ? this.screen.stream.subscribe(this.view, area, listener) : () => {};
  }
}
