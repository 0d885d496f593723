/** The display's one socket: subscriptions, snapshots, deltas, ticks; heals by itself after a gap or a break. */

import { Channel } from "./channel.mjs";
import { painted } from "./paint.mjs";

const SILENCE = 8000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;
/** A server that starts anew is back soon: for so long it is asked every second, then ever more rarely. */
const [SOON, SOON_WAIT] = [30_000, 1000];
/** Frames of a channel; all others are told to whoever listens to their type. */
const CHANNELS = new Set(["snapshot", "delta", "refused"]);

/** The server's word for: nobody you know is looking (any more). */
const NOBODY = 4401;

export class Stream extends EventTarget {
  /** @type {Map<string, Channel>} */
  #channels = new Map();
  /** @type {WebSocket|null} */
  #socket = null;
  #heard = 0;
  /** Deltas that wait for the end of their round, so that all panels change together. @type {any[]|null} */
  #round = null;
  #timer = 0;
  attempt = 0;
  /** @type {number|null} since when it is away (performance.now) */
  #away = null;
  /** @type {number|null} moment (performance.now) of the next attempt */
  retryAt = null;

  /** @param {string} url */
  constructor(url) {
    super();
    this.url = url;
    setInterval(() => this.#watch(), 1000);
    this.#open();
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * Listen to a view of an area; the answer stops listening.
   * @param {string} view @param {string} area @param {(channel: Channel, change: import("./channel.mjs").Change) => void} listener
   */
  subscribe(view, area, listener) {
    const name = `${view} ${area}`;
    let channel = this.#channels.get(name);
    if (!channel) {
      channel = new Channel(view, area);
      this.#channels.set(name, channel);
      this.#send("subscribe", channel);
    }
    channel.listen(listener);
    return () => this.#leave(name, listener);
  }

  /** Send a frame, where the socket is open; tells whether it was. @param {Record<string, any>} frame */
  send(frame) {
    if (this.open) this.#socket?.send(JSON.stringify(frame));
    return this.open;
  }

  /** A row of a view in any area now listened to. @param {string} view @param {string} key */
  row(view, key) {
    for (const channel of this.#channels.values()) {
      if (channel.view === view && channel.rows.has(key)) return channel.rows.get(key);
    }
    return undefined;
  }

  /** Stop waiting and connect at once. */
  reconnect() {
    clearTimeout(this.#timer);
    this.#open();
  }

  /** @param {string} name @param {(channel: Channel, change: any) => void} listener */
  #leave(name, listener) {
    const channel = this.#channels.get(name);
    channel?.unlisten(listener);
    if (!channel?.idle) return;
    this.#channels.delete(name);
    this.#send("unsubscribe", channel);
  }

  #open() {
    this.retryAt = null;
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    this.#heard = performance.now();
    socket.onopen = () => this.#opened();
    socket.onmessage = (message) => this.#hear(message.data);
    socket.onclose = ({ code }) => socket === this.#socket && (code === NOBODY ? this.dispatchEvent(new Event("nobody")) : this.#closed());
  }

  #opened() {
    for (const channel of this.#channels.values()) {
      channel.forget();
      this.#send("subscribe", channel);
    }
    this.dispatchEvent(new Event("open"));
  }

  #closed() {
    this.attempt += 1;
    this.#away ??= performance.now();
    const longest = performance.now() - this.#away < SOON ? SOON_WAIT : LONGEST_WAIT;
    const wait = Math.min(longest, FIRST_WAIT * 2 ** (this.attempt - 1)) * (0.5 + Math.random() / 2);
    this.retryAt = performance.now() + wait;
    this.#timer = setTimeout(() => this.#open(), wait);
    this.dispatchEvent(new Event("close"));
  }

  #watch() {
    if (this.open && performance.now() - this.#heard > SILENCE) this.#socket?.close();
  }

  /** @param {string} type @param {Channel} channel */
  #send(type, channel) {
    this.send({ type, view: channel.view, area: channel.area });
  }

  /** @param {string} data */
  #hear(data) {
    this.#heard = performance.now();
    const frame = JSON.parse(data);
    if (frame.type === "tick" || frame.type === "hello") {
      [this.attempt, this.#away] = [0, null];
      if (frame.type === "hello") this.#round = frame.rounds ? [] : null;
    }
    if (frame.type === "round") this.#end(frame.as_of);
    else if (frame.type === "delta" && this.#round) this.#round.push(frame);
    else if (CHANNELS.has(frame.type)) this.#arrive(frame);
    else this.dispatchEvent(new CustomEvent(frame.type, { detail: frame }));
  }

  /** @param {any} frame */
  #arrive(frame) {
    const channel = this.#channels.get(`${frame.view} ${frame.area}`);
    if (channel) this.#deliver(channel, frame);
  }

  /** Show a round: what changed, and that the rest is as true as of it. @param {string} asOf */
  #end(asOf) {
    const frames = this.#round ?? [];
    this.#round = [];
    for (const frame of frames) this.#arrive(frame);
    this.dispatchEvent(new CustomEvent("round", { detail: { asOf } }));
  }

  /** @param {Channel} channel @param {any} frame */
  #deliver(channel, frame) {
    // a snapshot may overtake the deltas of a round it already holds
    if (frame.type === "delta" && channel.seq !== null && frame.seq <= channel.seq) return;
    if (frame.type === "snapshot") channel.reset(frame);
    else if (frame.type === "refused") channel.refuse(frame.reason);
    else if (channel.seq === null) return;
    else if (!channel.apply(frame)) {
      channel.forget();
      this.#send("resync", channel);
      return;
    }
    if (frame.type !== "refused") painted(frame);
  }
}
