/** The display's side of its room: what all look at, who is there, and what this display asks of it. */

const PLACE = "citybrain.room";
/** An answer that takes longer does not come. */
const PATIENCE = 8000;
const [POINTING, LOOKING] = [50, 100];
/** Screens whose members share a scene; what else there is has no map of the city to share. */
const CLASSES = new Set(["wall", "desk", "tablet", "pocket"]);

/**
 * @typedef {[number, number, number, number]} Box
 * @typedef {{member: string, user: string, name: string, number?: number, screen: string}} Person
 * @typedef {{mode?: "live"|"replay", at?: string|null, since?: string|null, speed?: number}} Moment
 * @typedef {{area: string, page?: string, layout?: string|null, case?: string|null, extent?: Box|null, filters?: Record<string, string>, hidden_layers?: string[], time?: Moment}} Scene
 * @typedef {{id: string, kind: "ink"|"arrow"|"circle", points: [number, number][], case?: string|null, by?: string}} Mark
 * @typedef {{scene: Scene, by?: Person|null, push?: any, presenter?: Person|null, asking?: Person|null, leading?: boolean, pointer?: boolean, playing?: any, undo?: number}} State
 * @typedef {{member: string, name: string, number?: number, user?: string, screen: string, follow?: boolean, area?: string, page?: string, since?: string, state: "live"|"silent"|"late", health?: any}} Member
 * @typedef {"show"|"push"|"recall"|"undo"|"lock"|"unlock"|"ask"|"hand_over"|"decline"|"lead"|"point"|"replay"|"live"|"mark"|"erase"|"clear_marks"|"play"|"stop"|"turn"} Action
 */

/** Why the room did not do what was asked: the server's code, or `away` where nobody answered. */
export class Denied extends Error {
  /** @param {string} code @param {string} [reason] */
  constructor(code, reason = code) {
    super(reason);
    [this.code, this.reason] = [code, reason];
  }
}

/** Hears `joined scene marks presence pointer viewport follow denied`; the detail of each is its frame. */
export class Room extends EventTarget {
  name = "";
  /** @type {State|null} */
  state = null;
  seq = -1;
  /** @type {Mark[]} */
  marks = [];
  /** @type {Member[]} */
  members = [];
  /** @type {{member: string, name: string, number: number, screen: string, capabilities: string[]}|null} */
  me = null;
  /** @type {string|null} the member whose map this display follows */
  watched = null;
  #marked = -1;
  #asked = 0;
  /** @type {Map<string, {resolve: (done: {seq: number}) => void, reject: (error: Denied) => void}>} */
  #waiting = new Map();
  /** @type {Record<string, number>} when a kind of frame was last sent */
  #sent = {};
  /** @type {Record<string, number>} */
  #later = {};

  /** @param {import("../core/stream.mjs").Stream} stream @param {import("../core/page.mjs").Page} page */
  constructor(stream, page) {
    super();
    this.stream = stream;
    this.page = page;
    const query = new URLSearchParams(location.search);
    this.wanted = query.get("room") ?? "command";
    /** Whether this display takes part: an address that names a scene shows that one and follows nobody. */
    this.takesPart = this.wanted !== "none" && CLASSES.has(page.name) && !(this.wall && (query.has("scene") || query.has("rotate")));
    this.follow = this.wall || kept().follow === true;
    if (!this.takesPart) return;
    const hear = (/** @type {string} */ type, /** @type {(frame: any) => void} */ listener) =>
      stream.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail));
    for (const [type, listener] of Object.entries(this.#ears)) hear(type, listener);
    stream.addEventListener("open", () => this.#join());
    stream.addEventListener("close", () => this.#away());
    if (stream.open) this.#join();
  }

  get wall() {
    return this.page.name === "wall";
  }

  /** @returns {Scene|null} */
  get scene() {
    return this.state?.scene ?? null;
  }

  /** Whether anybody has yet said what the room looks at. */
  get spoken() {
    return this.seq > 0;
  }

  /** Whether the scene drives this display: it follows, or the presenter leads everyone. */
  get driven() {
    return this.takesPart && this.state !== null && (this.follow || this.led);
  }

  /** Whether the presenter leads this display, whether it follows or not. */
  get led() {
    return Boolean(this.state?.leading) && this.state?.presenter?.member !== this.me?.member;
  }

  get replaying() {
    return this.scene?.time?.mode === "replay";
  }

  /** Whether this display holds the lock. */
  get presents() {
    return Boolean(this.me) && this.state?.presenter?.member === this.me?.member;
  }

  /** @param {string} capability */
  may(capability) {
    return this.me?.capabilities.includes(capability) ?? false;
  }

  /**
   * Ask the room for something; rejects with `{code, reason}`.
   * @param {Action} action @param {Record<string, any>} [values] @returns {Promise<{seq: number}>}
   */
  act(action, values = {}) {
    this.#asked += 1;
    const id = `${Date.now().toString(36)}-${this.#asked}`;
    return new Promise((resolve, reject) => {
      if (!this.me || !this.stream.send({ type: "act", id, action, values })) return reject(this.#denied({ code: "away" }));
      this.#waiting.set(id, { resolve, reject });
      setTimeout(() => this.#deny({ id, code: "away" }), PATIENCE);
    });
  }

  /** Follow the room, or look around freely; a wall always follows. @param {boolean} on @param {string} [why] */
  setFollow(on, why = "asked") {
    const follow = on || this.wall;
    if (follow === this.follow) return;
    this.follow = follow;
    if (follow) this.watched = null;
    keep({ follow });
    this.stream.send({ type: "follow", on: follow });
    this.#tell("follow", { follow, why });
  }

  /** Follow one member's map, or nobody's. @param {string|null} member */
  watch(member) {
    this.watched = member;
    if (member) this.setFollow(false, "watch");
    this.stream.send({ type: "watch", member });
    this.#tell("follow", { follow: this.follow, why: "watch" });
  }

  /** Look at what the room looks at, once, and stay free. */
  matchOnce() {
    if (this.state) this.dispatchEvent(new CustomEvent("match", { detail: { scene: this.scene } }));
  }

  /** Point at a place for all to see. @param {number} lon @param {number} lat */
  point(lon, lat) {
    this.#often("pointer", POINTING, { lon, lat });
  }

  /** Tell those who follow this member where its map is. @param {Box} extent @param {string} area */
  look(extent, area) {
    this.#often("viewport", LOOKING, { extent, area });
  }

  /** Send a kind of frame no more often than so; the last one always goes. @param {string} type @param {number} span @param {any} values */
  #often(type, span, values) {
    if (!this.me) return;
    clearTimeout(this.#later[type]);
    const wait = (this.#sent[type] ?? -span) + span - performance.now();
    const send = () => {
      this.#sent[type] = performance.now();
      this.stream.send({ type, ...values });
    };
    if (wait <= 0) send();
    else this.#later[type] = setTimeout(send, wait);
  }

  #join() {
    const layout = `${innerWidth}x${innerHeight}`;
    const { member } = kept();
    this.stream.send({
      type: "join", room: this.wanted, screen: this.page.name, name: "", follow: this.follow,
      ...(member ? { member } : {}), layout, width: innerWidth, height: innerHeight,
    });
  }

  /** The socket is gone: what was asked has no answer any more, what was known stays. */
  #away() {
    for (const id of [...this.#waiting.keys()]) this.#deny({ id, code: "away" });
    this.me = null;
    this.members = [];
    this.#tell("presence", { members: [] });
  }

  /** @type {Record<string, (frame: any) => void>} */
  #ears = {
    joined: (frame) => this.#joined(frame),
    scene: (frame) => this.#hear(frame),
    marks: (frame) => this.#mark(frame),
    presence: (frame) => this.#present(frame),
    pointer: (frame) => this.#tell("pointer", frame),
    viewport: (frame) => this.#tell("viewport", frame),
    done: (frame) => this.#done(frame),
    denied: (frame) => this.#deny(frame),
  };

  /** @param {any} frame */
  #joined(frame) {
    this.name = frame.room;
    this.me = { member: frame.member, name: frame.name, number: frame.number, screen: frame.screen, capabilities: frame.capabilities ?? [] };
    keep({ member: frame.member });
    // the room may have been begun anew: the first state after joining counts whatever came before
    [this.seq, this.#marked] = [-1, -1];
    this.#tell("joined", frame);
    if (this.watched) this.stream.send({ type: "watch", member: this.watched });
  }

  /** The state with the highest `seq` counts, in whatever order they come. @param {any} frame */
  #hear(frame) {
    if (frame.seq <= this.seq) return;
    [this.seq, this.state] = [frame.seq, frame.state];
    this.#tell("scene", frame);
  }

  /** @param {any} frame */
  #mark(frame) {
    if (frame.seq <= this.#marked) return;
    [this.#marked, this.marks] = [frame.seq, frame.marks];
    this.#tell("marks", frame);
  }

  /** @param {any} frame */
  #present(frame) {
    this.members = frame.members;
    this.#tell("presence", frame);
  }

  /** @param {any} frame */
  #done(frame) {
    this.#waiting.get(frame.id)?.resolve(frame);
    this.#waiting.delete(frame.id);
  }

  /** @param {any} frame */
  #deny(frame) {
    if (frame.id && !this.#waiting.has(frame.id)) return;
    const error = this.#denied(frame);
    this.#waiting.get(frame.id)?.reject(error);
    this.#waiting.delete(frame.id);
  }

  /** @param {any} frame */
  #denied(frame) {
    this.#tell("denied", frame);
    return new Denied(frame.code ?? "denied", frame.reason);
  }

  /** @param {string} type @param {any} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** What this window keeps of its room over a reload. @returns {{follow?: boolean, member?: string}} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {{follow?: boolean, member?: string}} part */
function keep(part) {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ ...kept(), ...part }));
  } catch {
    // without storage a reload makes a new member
  }
}
