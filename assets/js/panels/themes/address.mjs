/** What a theme screen looks at beside the area: a few words in the address of the page. */

export class Address extends EventTarget {
  /** @type {Record<string, string>} */
  #values;

  /** @param {Record<string, string>} defaults what each word is where the address does not say */
  constructor(defaults) {
    super();
    this.defaults = defaults;
    const query = new URLSearchParams(location.search);
    this.#values = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, query.get(name) || value]));
  }

  /** @param {string} name @returns {string} */
  get(name) {
    return this.#values[name];
  }

  /** @param {Record<string, string>} changes */
  set(changes) {
    const changed = Object.entries(changes).filter(([name, value]) => this.#values[name] !== value);
    if (!changed.length) return;
    const url = new URL(location.href);
    for (const [name, value] of changed) {
      this.#values[name] = value;
      if (value === this.defaults[name]) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    history.replaceState(history.state, "", url);
    this.dispatchEvent(new Event("change"));
  }
}
