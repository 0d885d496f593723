/** The page where a person says who they are, and lets a wall in. */

import { svgPart } from "../chart/svg.mjs";
import { find, make, write } from "../core/dom.mjs";
import { address } from "../core/page.mjs";
import { ask, opened, opening, why } from "./opening.mjs";
import { naming, wallCard } from "./wall_card.mjs";

const query = new URLSearchParams(location.search);

class SignIn {
  /** @type {import("./wall_card.mjs").Wall|null} */
  #wall = null;
  /** What the wall shall be called. @type {ReturnType<typeof naming>|null} */
  #named = null;
  /** @type {any} */
  #me = null;

  /** @param {import("./opening.mjs").Opening} page */
  constructor({ root, words }) {
    [this.root, this.words] = [root, words];
    this.form = /** @type {HTMLFormElement} */ (find(root, ".sign-in-form"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#enter(this.#wall !== null);
    });
    find(root, ".only").addEventListener("click", () => this.form.reportValidity() && this.#enter(false));
    find(root, ".refuse").addEventListener("click", () => this.form.reportValidity() && this.#enter(true, true));
    const other = /** @type {HTMLAnchorElement} */ (find(root, ".other-language"));
    other.href = `?${new URLSearchParams({ ...Object.fromEntries(query), lang: words.language === "en" ? "zh" : "en" })}`;
  }

  async start() {
    const [ways, me] = await Promise.all([ask("api/sign-in").catch(() => ({})), ask("api/me").catch(() => null), this.#city(), this.#look()]);
    this.#me = me?.user ? me : null;
    this.#offer(ways);
    if (this.#me) await this.#known();
    else /** @type {HTMLElement} */ (find(this.form, "[name=user]")).focus();
    opened();
  }

  /** The city's outline and what there is in it. */
  async #city() {
    const { counts, outline } = await ask("sign-in/city.json");
    const { root, words } = this;
    write(find(root, ".city-levels"), words.say("city.levels"));
    const svg = svgPart("svg", { viewBox: outline.box });
    outline.lines.forEach((/** @type {string} */ d, /** @type {number} */ level) => svg.append(svgPart("path", { d, class: `outline-${level}` })));
    svg.append(/** @type {SVGElement} */ (svg.firstChild ?? svgPart("g", {})));
    find(root, ".city-outline").append(svg);
    const told = counts.map((/** @type {any} */ one) => make("div", {},
      make("dt", {}, words.field(one, "name") || words.say(`city.${one.name}`)), make("dd", { class: "value" }, words.count(one.count))));
    find(root, ".city-counts").append(...told);
  }

  /** The wall whose code the address names. */
  async #look() {
    const code = query.get("code") ?? "";
    if (!/^\d{6}$/.test(code)) return;
    try {
      this.#wall = await ask(`api/pairing/${code}`);
    } catch (error) {
      return this.#tell(why(this.words, "pairing", error));
    }
    const { root, words } = this;
    const wall = /** @type {import("./wall_card.mjs").Wall} */ (this.#wall);
    this.#named = naming(words, wall, []);
    find(root, ".wall-cards").append(wallCard(words, wall, this.#named.box));
    write(find(root, ".form-purpose"), words.say("sign-in.to-approve"));
    write(find(root, ".enter"), words.say("sign-in.and-approve"));
    for (const name of [".only", ".refuse"]) find(root, name).hidden = false;
  }

  /** Only ways that exist. @param {any} ways */
  #offer(ways) {
    const { root, words } = this;
    const oidc = /** @type {HTMLAnchorElement} */ (find(root, ".oidc"));
    if (ways.oidc) {
      oidc.href = address(typeof ways.oidc === "string" ? ways.oidc.replace(/^\//, "") : "sign-in/oidc") + location.search;
      write(oidc, ways.oidc_name ?? words.say("sign-in.oidc"));
      oidc.hidden = false;
    }
    const demo = ways.demo ?? [];
    const box = find(root, ".demo-accounts");
    if (!demo.length || this.#me) return;
    box.append(make("h3", {}, words.say("demo.title")), make("p", { class: "demo-warning" }, words.say("demo.warning")),
      make("div", { class: "demo-list" }, ...demo.map((/** @type {any} */ one) => this.#demo(one))));
    box.hidden = false;
  }

  /** @param {any} account */
  #demo(account) {
    const { words } = this;
    const role = words.name("me.role", account.role ?? account.roles?.[0]);
    const scope = words.field(account, "scope") || account.scope || "";
    const button = make("button", { type: "button", class: "demo-account button-plain", "data-user": account.user, "data-role": account.role ?? account.roles?.[0] },
      make("b", {}, words.field(account, "name") || account.name), make("span", {}, scope ? words.say("demo.scope", { role, scope }) : role));
    button.addEventListener("click", () => this.#signIn({ user: account.user, demo: true }, this.#wall !== null));
    return button;
  }

  /** @param {boolean} answer whether to answer the wall too @param {boolean} [refuse] */
  #enter(answer, refuse = false) {
    if (this.#me) return answer ? this.#answer(refuse) : this.#on();
    const value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (find(this.form, `[name=${name}]`)).value;
    return this.#signIn({ user: value("user").trim(), password: value("password") }, answer, refuse);
  }

  /** @param {any} who @param {boolean} answer @param {boolean} [refuse] */
  async #signIn(who, answer, refuse = false) {
    const { root } = this;
    root.toggleAttribute("data-busy", true);
    try {
      this.#me = await ask("api/sign-in", who);
      if (!answer) return this.#on();
      await this.#answer(refuse);
    } catch (error) {
      this.#tell(why(this.words, "sign-in", error));
    } finally {
      root.toggleAttribute("data-busy", false);
    }
  }

  /** Who has signed in already answers the wall without doing so again. */
  async #known() {
    const { root, words } = this;
    const me = find(root, ".sign-in-me");
    write(me, words.say("sign-in.signed", { name: this.#me.name || this.#me.user }));
    me.hidden = false;
    if (!this.#wall) return query.has("again") ? undefined : this.#on();
    for (const field of this.form.querySelectorAll(".field")) {
      /** @type {HTMLElement} */ (field).hidden = true;
      /** @type {HTMLInputElement} */ (find(field, "input")).required = false;
    }
    await this.#rooms();
    write(find(root, ".enter"), words.say("pairing.approve"));
  }

  /** Who is known may choose the room too. */
  async #rooms() {
    const { rooms } = await ask("api/pairing").catch(() => ({ rooms: [] }));
    if (rooms.length < 2) return;
    const before = this.#named;
    this.#named = naming(this.words, /** @type {any} */ (this.#wall), rooms);
    before?.box.replaceWith(this.#named.box);
  }

  /** @param {boolean} refuse */
  async #answer(refuse) {
    const { words } = this;
    try {
      const name = this.#named?.value() ?? {};
      const told = await ask(`api/pairing/${this.#wall?.code}/${refuse ? "refuse" : "approve"}`, name);
      this.#wall = null;
      this.root.toggleAttribute("data-answered", true);
      const card = find(this.root, ".wall-card");
      card.replaceChildren(make("h3", { role: "status", class: "wall-card-done" }, words.say(refuse ? "pairing.refused" : "pairing.approved", { name: told.name })));
      setTimeout(() => this.#on(), 1600);
    } catch (error) {
      this.#tell(why(words, "pairing", error));
      await this.#known();
    }
  }

  /** Go where this person works. */
  #on() {
    const next = query.get("next") ?? "";
    const home = this.#me?.home ?? this.#me?.screens?.[0] ?? "desk";
    const own = /^\/(?![/\\])/.test(next) ? next.slice(1) : home.replace(/^\//, "");
    location.assign(address(own));
  }

  /** @param {string} text */
  #tell(text) {
    const line = find(this.root, ".form-error");
    write(line, text);
    line.hidden = false;
  }
}

await new SignIn(await opening()).start();
