/** What this display looks at: an area and a case. The address of the page carries both. */

export class Selection extends EventTarget {
  /** @param {string} rootArea */
  constructor(rootArea) {
    super();
    const query = new URLSearchParams(location.search);
    this.rootArea = rootArea;
    this.area = query.get("area") || rootArea;
    this.case = query.get("case");
    /** @type {[number, number]|null} where the chosen case is */
    this.place = null;
    /** @type {string|null} the area that place lies in */
    this.placeArea = null;
  }

  /** @param {string} area */
  chooseArea(area) {
    if (area === this.area) return;
    this.area = area;
    this.#tell("area");
  }

  /** @param {string|null} id */
  chooseCase(id) {
    if (id === this.case) return;
    this.case = id;
    this.locate(null, null);
    this.#tell("case");
  }

  /** Say where the chosen case is. @param {[number, number]|null} place @param {string|null} area */
  locate(place, area) {
    [this.place, this.placeArea] = [place, area];
    this.dispatchEvent(new Event("place"));
  }

  /** @param {"area"|"case"} what */
  #tell(what) {
    const url = new URL(location.href);
    this.#put(url, "area", this.area === this.rootArea ? null : this.area);
    this.#put(url, "case", this.case);
    history.replaceState(history.state, "", url);
    this.dispatchEvent(new Event(what));
  }

  /** @param {URL} url @param {string} name @param {string|null} value */
  #put(url, name, value) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
}
