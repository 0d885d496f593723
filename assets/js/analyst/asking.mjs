/** One round of questions: the value first, then what goes with it; each part shows its own answer, or why there is none. */

import { find, mark, write } from "../core/dom.mjs";
import { serve } from "./parts.mjs";
import { FEW } from "./rows.mjs";
import { Refused } from "./source.mjs";

const DAY_STEPS = { step: "day", window: "7" };

export class Asking {
  /** @param {import("./desk.mjs").Desk} desk @param {any} parts */
  constructor(desk, parts) {
    this.desk = desk;
    this.parts = parts;
    const part = find(desk.root, ".asking");
    desk.source.addEventListener("progress", (event) => this.#progress(part, /** @type {CustomEvent} */ (event).detail));
    find(part, '[data-do="cancel"]').addEventListener("click", () => this.cancel());
  }

  /** Ask all of it anew. */
  async all() {
    const { desk, parts } = this;
    parts.tools.show();
    parts.finder.show();
    parts.board.head();
    parts.tiles.head();
    parts.paper.expect();
    mark(desk.root, "asking", "true");
    // the browser sends them in this order, and the server answers them in it
    await Promise.all([this.#main(), this.#paper(), this.#board(), this.rows(), this.#trend(), this.#tiles()]);
    mark(desk.root, "asking", desk.source.running.size ? "true" : null);
    await parts.finder.values();
  }

  #main() {
    const { desk, parts } = this;
    const { source, asked } = desk;
    const ask = async () => {
      const elsewhere = asked.area !== desk.geography.path(asked.area)[0];
      const [answer, whole] = await Promise.all([
        source.ask("answer", "answer", desk.query({ by: desk.by, compare: asked.compare })),
        elsewhere ? source.ask("whole", "answer", withArea(desk.query(), desk.screen.page.rootArea)) : null,
      ]);
      return answer && { answer, whole };
    };
    return serve(find(desk.root, ".plate-lead"), desk, "value", ask, ({ answer, whole }) => {
      parts.answer = answer;
      parts.lead.show(answer, whole);
      parts.board.show(answer);
      parts.rows.head();
      this.#took(answer);
      desk.announce(`${desk.metric.title} ${desk.areaName()} ${desk.metric.full(answer.total.value)}`);
    });
  }

  #board() {
    const { desk, parts } = this;
    const { source } = desk;
    const ask = async () => {
      const [totals, cells] = await Promise.all([
        source.ask("columns", "answer", desk.query({ by: desk.cross })),
        source.ask("cells", "answer", desk.query({ by: `${desk.by},${desk.cross}` })),
      ]);
      return totals && cells && { totals, cells };
    };
    return serve(find(desk.root, ".plate-board"), desk, "table", ask, ({ totals, cells }) => {
      parts.board.matrix.show(totals, cells);
      parts.rows.head();
    });
  }

  #trend() {
    const { desk, parts } = this;
    const compare = desk.asked.compare.split(",").filter((one) => one && one !== "target").join(",");
    const ask = () => this.#course("trend", { compare });
    return serve(find(desk.root, ".plate-lead"), desk, "trend", ask, (answer) => parts.trend.show(answer));
  }

  #tiles() {
    const { desk, parts } = this;
    const { source, asked } = desk;
    const ask = async () => {
      const [answer, lines] = await Promise.all([
        source.ask("split", "answer", desk.query({ by: asked.split })),
        this.#course("lines", { by: asked.split }),
      ]);
      return answer && lines && { answer, lines };
    };
    return serve(find(desk.root, ".plate-tiles"), desk, "tiles", ask, ({ answer, lines }) => parts.tiles.show(answer, lines));
  }

  /** How it went; what is as of now may have no past that is known. @param {string} kind @param {Record<string, string>} more */
  async #course(kind, more) {
    const { desk, parts } = this;
    const { span } = parts.trend;
    const query = desk.query({ ...(desk.metric.timed ? DAY_STEPS : { step: "day" }), ...more }, { span });
    query.set("from", new Date(span.from).toISOString());
    query.set("to", new Date(span.to).toISOString());
    try {
      return await desk.source.ask(kind, "trend", query);
    } catch (error) {
      if (desk.metric.timed || !(error instanceof Refused)) throw error;
      return { series: [], still: true };
    }
  }

  #paper() {
    const { desk, parts } = this;
    return serve(find(desk.root, ".paper"), desk, "paper", () => desk.source.ask("paper", "passport", desk.query()), (paper) => {
      parts.rows.paper = paper;
      parts.paper.show(paper);
    });
  }

  /** The rows behind what is chosen. */
  rows() {
    const { desk, parts } = this;
    const query = parts.rows.query();
    query.set("offset", "0");
    query.set("limit", String(FEW));
    return serve(find(desk.root, ".plate-rows"), desk, "rows", () => desk.source.ask("rows", "rows", query), (answer) => parts.rows.show(answer));
  }

  /** Give up what is being asked. */
  cancel() {
    const { desk } = this;
    if (!desk.source.cancelAll()) return false;
    mark(desk.root, "asking", null);
    desk.announce(desk.words.say("analyst.cancelled"));
    return true;
  }

  /** @param {any} answer */
  #took(answer) {
    const { desk } = this;
    const { words } = desk;
    const milliseconds = new Intl.NumberFormat("en", { maximumFractionDigits: answer.took_ms < 10 ? 1 : 0 }).format(answer.took_ms);
    write(find(desk.root, ".took"), words.say("analyst.took", { milliseconds, rows: words.count(answer.rows_read) }));
  }

  /** @param {HTMLElement} part @param {import("./source.mjs").Progress|null} progress */
  #progress(part, progress) {
    const { words } = this.desk;
    part.hidden = progress === null;
    if (!progress) return;
    const seconds = Math.floor(progress.seconds);
    const share = progress.done === null ? "" : ` · ${words.count(100 * progress.done)}%`;
    write(find(part, ".asking-words"), words.say("state.loading", { seconds }) + share);
    find(part, ".asking-bar").style.setProperty("--done", String(progress.done ?? 0));
  }
}

/** @param {URLSearchParams} query @param {string} area */
function withArea(query, area) {
  query.set("area", area);
  return query;
}
