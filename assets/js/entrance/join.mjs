/** A phone comes into a room as guest. */

import { find, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { ask, opened, opening, why } from "./opening.mjs";

const { root, words } = await opening();
const ticket = new URLSearchParams(location.search).get("ticket") ?? "";
const form = /** @type {HTMLFormElement} */ (find(root, ".join-form"));

/** @param {any} error */
function refused(error) {
  const line = find(root, ".form-error");
  write(line, why(words, "join", error));
  line.hidden = false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = /** @type {HTMLInputElement} */ (find(form, "[name=name]")).value;
  try {
    const { room } = await ask("api/guests/join", { ticket, name });
    location.replace(address(`pocket?room=${encodeURIComponent(room)}`));
  } catch (error) {
    refused(error);
  }
});

try {
  const { room } = await ask("api/guests/look", { ticket });
  write(find(root, ".join-room"), words.say("join.room", { room }));
} catch (error) {
  refused(error);
  form.hidden = true;
}
opened();
