/** A changed value flashes once: at most three a second in one panel, else one in two seconds. */

const MOST = 3;

export class Flash {
  /** @type {number[]} */
  #shown = [];
  #quietUntil = 0;

  /** @param {Element|null} element */
  show(element) {
    const now = performance.now();
    if (!element || now < this.#quietUntil) return;
    this.#shown = this.#shown.filter((moment) => now - moment < 1000);
    if (this.#shown.length >= MOST) {
      this.#quietUntil = now + 2000;
      return;
    }
    this.#shown.push(now);
    element.classList.remove("flash");
    requestAnimationFrame(() => element.classList.add("flash"));
    element.addEventListener("animationend", () => element.classList.remove("flash"), { once: true });
  }
}
