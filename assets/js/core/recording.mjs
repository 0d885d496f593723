/** Sound from the microphone, as long as it is wanted and two minutes at most. */

const MOST_MS = 120_000;
const TICK_MS = 250;
const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** Whether this browser, at this address, can record at all: it does so behind TLS or on this machine only. */
export function canRecord() {
  return Boolean(navigator.mediaDevices?.getUserMedia && "MediaRecorder" in window && kind());
}

/**
 * Begin to record; rejects where the person or the browser says no.
 * @param {(ms: number) => void} onTick how long it is @returns {Promise<Recording>}
 */
export async function record(onTick) {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  return new Recording(microphone, onTick);
}

export class Recording {
  /** @type {Blob[]} */
  #parts = [];
  begun = performance.now();

  /** @param {MediaStream} microphone @param {(ms: number) => void} onTick */
  constructor(microphone, onTick) {
    this.recorder = new MediaRecorder(microphone, { mimeType: kind() });
    this.recorder.addEventListener("dataavailable", ({ data }) => data.size && this.#parts.push(data));
    /** @type {Promise<Blob>} what was recorded, once it is over */
    this.done = new Promise((resolve) => {
      this.recorder.addEventListener("stop", () => {
        clearInterval(this.timer);
        for (const track of microphone.getTracks()) track.stop();
        resolve(new Blob(this.#parts, { type: this.recorder.mimeType.split(";")[0] }));
      });
    });
    this.recorder.start();
    this.timer = setInterval(() => {
      const length = performance.now() - this.begun;
      onTick(length);
      if (length >= MOST_MS) this.stop();
    }, TICK_MS);
  }

  /** @returns {Promise<Blob>} */
  stop() {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    return this.done;
  }
}

/** @returns {string} the first kind of sound that the browser writes and the server takes */
function kind() {
  return KINDS.find((one) => MediaRecorder.isTypeSupported(one)) ?? "";
}
