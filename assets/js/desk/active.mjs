/** The filters in force as chips that can be taken away, and a way to keep them under a name. */

import { make } from "../core/dom.mjs";
import { filterOf } from "./filter.mjs";
import { save } from "./saved.mjs";

/** @param {HTMLElement} bar @param {import("../core/follow.mjs").Screen} screen */
export function active(bar, screen) {
  const filter = filterOf(screen);
  const show = () => {
    bar.hidden = !filter.active;
    const chips = filter.told().map(({ text, without }) => {
      const label = screen.words.say("desk.without", { what: text });
      const chip = make("button", { type: "button", class: "active-chip", "aria-label": label }, text, make("span", { "aria-hidden": "true" }, "×"));
      chip.addEventListener("click", () => filter.want(without));
      return chip;
    });
    bar.replaceChildren(...chips, ...(filter.active ? keep(filter, screen, show) : []));
  };
  filter.addEventListener("change", show);
  show();
}

/** @param {import("./filter.mjs").Filter} filter @param {import("../core/follow.mjs").Screen} screen @param {() => void} done */
function keep(filter, screen, done) {
  const { words } = screen;
  const button = make("button", { type: "button", class: "active-save" }, words.say("desk.save"));
  const label = words.say("desk.save-name");
  const input = /** @type {HTMLInputElement} */ (make("input", { class: "active-name", "aria-label": label, placeholder: label, maxlength: 20, hidden: true, autocomplete: "off" }));
  button.addEventListener("click", () => {
    button.hidden = true;
    input.hidden = false;
    input.value = filter.told().map(({ text }) => text).join(" ");
    input.select();
    input.focus();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.stopPropagation();
    const name = input.value.trim();
    if (event.key === "Enter" && name) {
      save(name, filter.wanted);
      const announcer = document.querySelector("[data-announcer]");
      if (announcer) announcer.textContent = words.say("desk.saved", { name });
    }
    done();
  });
  return [button, input];
}
