/** What the room says drives what this display looks at; one's own hand on a following display sets it free. */

const STILL = 400;

/** @typedef {import("./room.mjs").Scene} Scene */

export class Following {
  /** Whether the room, not a hand, is changing things. */
  #driving = false;
  /** What of the scene was shown last, so that only what changed is shown again. @type {Record<string, string>} */
  #shown = {};
  #moved = 0;
  #leads = 0;

  /** @param {import("../core/follow.mjs").Screen} screen */
  constructor(screen) {
    this.screen = screen;
    const { room, maps, selection } = screen;
    room.addEventListener("scene", () => this.#heed());
    room.addEventListener("follow", () => this.#turned());
    room.addEventListener("match", () => this.#match());
    room.addEventListener("viewport", (event) => this.#watch(/** @type {CustomEvent} */ (event).detail));
    maps.addEventListener("add", () => this.#settle());
    maps.addEventListener("moved", (event) => this.#moving(/** @type {CustomEvent} */ (event).detail));
    for (const what of ["area", "case"]) selection.addEventListener(what, () => this.#driving || this.#hand(what));
    for (const what of ["area", "case", "whole"]) selection.addEventListener(what, () => this.#tell());
  }

  /** The room said something. */
  #heed() {
    const { room } = this.screen;
    if (room.driven && room.spoken) this.#show(/** @type {Scene} */ (room.scene));
  }

  #turned() {
    if (!this.screen.room.follow) return;
    this.#shown = {};
    this.#heed();
  }

  #match() {
    const { room } = this.screen;
    this.#shown = {};
    if (room.scene) this.#show(room.scene);
  }

  /** A map that opens late shows where the room looks. */
  #settle() {
    this.#shown.extent = "";
    this.#shown.layers = "";
    this.#heed();
  }

  /** @param {Scene} scene */
  #show(scene) {
    const { selection, geography } = this.screen;
    this.#driving = true;
    const [area, id] = [scene.area ?? selection.rootArea, scene.case ?? null];
    if (this.#changed("area", area)) selection.chooseArea(area);
    if (this.#changed("case", id)) selection.chooseCase(id);
    if (this.#changed("layers", scene.hidden_layers ?? [])) this.#hide(scene.hidden_layers ?? []);
    if (this.#changed("filters", scene.filters ?? {})) this.screen.room.dispatchEvent(new CustomEvent("filters", { detail: scene.filters ?? {} }));
    this.#driving = false;
    if (this.#changed("extent", [area, scene.extent ?? null])) geography.load().then(() => this.#extent(scene.extent ?? null));
  }

  /** @param {string} name @param {any} value */
  #changed(name, value) {
    const text = JSON.stringify(value);
    if (this.#shown[name] === text) return false;
    this.#shown[name] = text;
    return true;
  }

  /** @param {number[]|null} box */
  #extent(box) {
    for (const map of this.screen.maps.all) map.showExtent(box);
  }

  /** @param {string[]} names */
  #hide(names) {
    for (const map of this.screen.maps.all) map.hide(names);
  }

  /** The map of the member that is followed moved. @param {any} frame */
  #watch(frame) {
    const { room, selection } = this.screen;
    const leads = room.led && frame.member === room.state?.presenter?.member;
    if (frame.member === room.me?.member || !(leads || frame.member === room.watched)) return;
    this.#driving = true;
    if (frame.area) selection.chooseArea(frame.area);
    this.#driving = false;
    for (const map of this.screen.maps.all) map.showExtent(frame.extent, 0);
  }

  /** @param {import("../map/area_map.mjs").AreaMap} map */
  #moving(map) {
    map.extent = null;
    this.#hand("map");
    this.#tell();
  }

  /** A hand did something here: a display that follows is free from then on. @param {string} what */
  #hand(what) {
    const { room } = this.screen;
    if (room.wall) return;
    if (room.presents && room.state?.leading) return this.#lead(what);
    if (room.watched) room.watch(null);
    if (room.follow) room.setFollow(false, what);
  }

  /** Who leads takes all along: what is chosen here is what the room looks at. @param {string} what */
  #lead(what) {
    const { room, maps, selection } = this.screen;
    clearTimeout(this.#leads);
    const values = () => (what === "map" ? { extent: maps.box } : { area: selection.area, case: selection.case, extent: null });
    this.#leads = setTimeout(() => room.act("show", values()).catch(() => {}), what === "map" ? STILL : 0);
  }

  /** Tell the others where this map is, should they follow it. */
  #tell() {
    const { room, maps, selection } = this.screen;
    if (!room.me) return;
    clearTimeout(this.#moved);
    const send = () => maps.box && room.look(maps.box, selection.area);
    send();
    this.#moved = setTimeout(send, STILL);
  }
}
