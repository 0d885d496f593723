/** The page of the three administrators: each sees the sections of their own office, and no other is asked for. */

import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { deeds, SECTIONS } from "./admin_sections.mjs";
import { ask, opened, opening, why } from "./opening.mjs";
import { naming, wallCard } from "./wall_card.mjs";

const [AGAIN, SURE] = [5000, 4000];

class Admin {
  /** @type {any} */
  #me = null;

  /** @param {import("./opening.mjs").Opening} page */
  constructor({ root, words }) {
    [this.root, this.words] = [root, words];
  }

  async start() {
    const { root, words } = this;
    this.#me = await ask("api/me").catch(() => null);
    find(root, ".sign-out").addEventListener("click", () => ask("api/sign-out", {}).catch(() => null).then(() => location.assign(address("sign-in"))));
    write(find(root, ".admin-who"), [this.#me?.name, ...(this.#me?.roles ?? []).map((/** @type {string} */ role) => words.name("me.role", role))].filter(Boolean).join(" · "));
    const mine = Object.entries(SECTIONS).filter(([, { may }]) => this.#may(may));
    if (!mine.length) this.#tell(words.say("admin.nobody"));
    find(root, ".admin-nav").append(...mine.map(([name]) => make("a", { href: `#section-${name}` }, words.say(`admin.${name}`))));
    await Promise.all(mine.map(([name]) => this.#open(name)));
    opened();
    setInterval(() => document.hidden || mine.forEach(([name, { live }]) => live && this.#fill(name)), AGAIN);
  }

  /** @param {string} capability */
  #may(capability) {
    return (this.#me?.capabilities ?? []).includes(capability);
  }

  /** @param {string} name */
  async #open(name) {
    const section = this.#section(name);
    section.hidden = false;
    const own = SECTIONS[name].own;
    if (own) return own(section, this.words, this.root.dataset.timeZone ?? "UTC");
    const again = make("button", { type: "button", class: "button-plain" }, this.words.say("admin.reload"));
    again.addEventListener("click", () => this.#fill(name));
    find(section, ".section-tools").append(...(SECTIONS[name].fields ? [this.#adder(name)] : []), again);
    await this.#fill(name);
  }

  /** @param {string} name @returns {HTMLElement} */
  #section(name) {
    return find(this.root, `[data-section="${name}"]`);
  }

  /** @param {string} name */
  async #fill(name) {
    const { words } = this;
    const section = this.#section(name);
    const rows = find(section, ".section-rows");
    const shape = SECTIONS[name];
    // what is being written or was half pressed stays
    if (rows.querySelector("input, [data-sure]") && rows.dataset.told) return;
    try {
      const told = await ask(shape.door);
      const list = Array.isArray(told) ? told : (told[shape.of ?? name] ?? []);
      write(find(section, ".section-count"), words.count(list.length));
      const text = JSON.stringify(told);
      if (rows.dataset.told === text) return;
      rows.dataset.told = text;
      if (!list.length) rows.replaceChildren(make("p", { class: "section-none" }, words.say("admin.nothing")));
      else rows.replaceChildren(name === "waiting" ? this.#walls(list, told.rooms ?? []) : this.#table(name, list));
    } catch (error) {
      const { code, message } = /** @type {any} */ (error);
      rows.dataset.told = "";
      rows.replaceChildren(make("p", { class: "section-none" }, words.say("admin.not-yet", { reason: code === "away" ? words.say("refusal.sign-in.away") : message })));
    }
  }

  /** @param {string} name @param {any[]} list */
  #table(name, list) {
    const { words } = this;
    const { columns, acts = [] } = SECTIONS[name];
    const head = make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, words.say(`admin.column.${column}`))), ...(acts.length ? [make("td")] : []));
    const body = list.map((row) => make("tr", {}, ...columns.map((column) => make("td", {}, this.#cell(column, row))), ...(acts.length ? [make("td", { class: "row-acts" }, ...this.#acts(name, row))] : [])));
    return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
  }

  /** @param {string} column @param {any} row @returns {string} */
  #cell(column, row) {
    const { words } = this;
    const value = row[column];
    if (value === null || value === undefined || value === "") return "";
    if (/(_at|^at|^since|^until)$/.test(column)) return words.time("moment", value);
    if (column === "roles" || column === "role") return [value].flat().map((role) => words.name("me.role", role)).join(" · ");
    if (column === "what") return words.name("admin.what", value);
    if (Array.isArray(value)) return value.map((one) => (typeof one === "object" ? `${one.name} ${words.name("room.state", one.state)}` : one)).join(" · ");
    return typeof value === "boolean" ? (value ? "✓" : "") : String(value);
  }

  /** @param {string} name @param {any} row */
  #acts(name, row) {
    return (SECTIONS[name].acts ?? []).filter((act) => deeds[act].fits?.(row) ?? true).map((act) => this.#act(name, act, row));
  }

  /** A deed that cannot be taken back wants a second press. @param {string} name @param {string} act @param {any} row */
  #act(name, act, row) {
    const { words } = this;
    const deed = deeds[act];
    const button = make("button", { type: "button", class: "button-plain", "data-act": act }, words.say(`admin.${act}`));
    button.addEventListener("click", async () => {
      if (deed.sure && !button.dataset.sure) {
        button.dataset.sure = "true";
        write(button, words.say("admin.revoke-sure"));
        setTimeout(() => {
          delete button.dataset.sure;
          write(button, words.say(`admin.${act}`));
        }, SURE);
        return;
      }
      if (deed.asks) return this.#rename(name, button, row);
      await this.#do(() => deed.run(row));
      delete button.dataset.sure;
      this.#fill(name);
    });
    return button;
  }

  /** @param {string} name @param {HTMLElement} button @param {any} row */
  #rename(name, button, row) {
    const input = /** @type {HTMLInputElement} */ (make("input", { value: row.name ?? "", maxlength: 40, "aria-label": this.words.say("admin.column.name") }));
    const form = make("form", { class: "row-form" }, input, make("button", { class: "button-plain" }, this.words.say("admin.save")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await this.#do(() => deeds.rename.run({ ...row, name: input.value }));
      input.blur();
      this.#section(name).querySelector(".section-rows")?.removeAttribute("data-told");
      this.#fill(name);
    });
    button.replaceWith(form);
    input.focus();
  }

  /** A button that opens the form of a new row. @param {string} name */
  #adder(name) {
    const { words } = this;
    const { fields = [], save } = SECTIONS[name];
    const button = make("button", { type: "button", class: "button-plain", "aria-expanded": "false" }, words.say("admin.add"));
    const inputs = fields.map(({ name: field, type = "text", optional }) => make("input", { name: field, type, required: !optional, maxlength: 200, autocomplete: "off" }));
    const labels = fields.map((field, at) => make("label", { class: "field" }, make("span", {}, words.say(`admin.column.${field.name}`), field.list ? ` (${words.say("admin.list")})` : ""), inputs[at]));
    const told = make("p", { class: "form-told", role: "status", hidden: true });
    const form = /** @type {HTMLFormElement} */ (make("form", { class: "add-form", hidden: true }, ...labels, make("button", { class: "button-main" }, words.say("admin.save")), told));
    button.addEventListener("click", () => {
      form.hidden = !form.hidden;
      button.setAttribute("aria-expanded", String(!form.hidden));
      if (!form.hidden) inputs[0].focus();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = fields.map((field, at) => [field.name, read(/** @type {HTMLInputElement} */ (inputs[at]).value.trim(), field)]).filter(([, value]) => value !== "");
      await this.#do(async () => {
        const made = await save?.(Object.fromEntries(given));
        form.reset();
        // a key is told once
        told.hidden = !made?.key;
        write(told, made?.key ? words.say("admin.key-once", { key: made.key }) : "");
      });
      this.#fill(name);
    });
    this.#section(name).insertBefore(form, find(this.#section(name), ".section-rows"));
    return button;
  }

  /** @param {() => Promise<any>} act */
  async #do(act) {
    this.#tell("");
    await act().catch((error) => this.#tell(why(this.words, "pairing", error)));
  }

  /** @param {any[]} walls @param {string[]} rooms */
  #walls(walls, rooms) {
    const { words } = this;
    return make("div", { class: "admin-walls" }, ...walls.map((wall) => {
      const named = naming(words, wall, rooms);
      const answer = (/** @type {string} */ what, /** @type {string} */ look) => {
        const button = make("button", { type: "button", class: look }, words.say(`pairing.${what}`));
        button.addEventListener("click", async () => {
          await this.#do(() => ask(`api/pairing/${wall.code}/${what}`, what === "approve" ? named.value() : {}));
          for (const name of ["waiting", "devices"]) if (!this.#section(name).hidden) this.#fill(name);
        });
        return button;
      };
      return wallCard(words, wall, named.box, make("div", { class: "form-buttons" }, answer("approve", "button-main"), answer("refuse", "button-plain")));
    }));
  }

  /** @param {string} text */
  #tell(text) {
    const line = find(this.root, ".admin-error");
    write(line, text);
    line.hidden = !text;
  }
}

/** @param {string} text @param {import("./admin_sections.mjs").Field} field */
function read(text, { list, type }) {
  if (list) return text.split(/[\s,，、]+/).filter(Boolean);
  return type === "number" && text ? Number(text) : text;
}

await new Admin(await opening()).start();
