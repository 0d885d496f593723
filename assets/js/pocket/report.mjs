/** The form for a report: each change is kept at once, sending puts it into the outbox. */

import { find, make, write } from "../core/dom.mjs";
import { again, blank, isEmpty, keepDraft, kept } from "./draft.mjs";
import { keepFiles, keptFiles } from "./draft_files.mjs";
import { FilesField } from "./files_field.mjs";
import { Kinds, KindSheet } from "./kinds.mjs";
import { phone } from "./phone.mjs";
import { Place } from "./place.mjs";
import { identity } from "./sending.mjs";
import { Similar } from "./similar.mjs";

const HOUR = 3_600_000;

/** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
export function report(panel, screen) {
  new Form(panel, screen).start();
}

class Form {
  kinds = new Kinds();

  /** @param {HTMLElement} panel @param {import("../core/follow.mjs").Screen} screen */
  constructor(panel, screen) {
    this.panel = panel;
    this.screen = screen;
    this.phone = phone(screen);
    this.draft = kept();
    this.sheet = new KindSheet(screen, this.kinds, (id) => this.#change({ category: id }));
    this.place = new Place(panel, screen, (place) => this.#change(place), () => this.#ready());
    this.similar = new Similar(find(panel, ".similar"), screen);
    this.words = this.#field();
    this.files = new FilesField(find(panel, ".files-field"), screen.words, () => this.#filed());
  }

  start() {
    const { panel, screen } = this;
    const press = (/** @type {string} */ name, /** @type {() => any} */ act) => find(panel, name).addEventListener("click", act);
    screen.page.root.addEventListener("citybrain:report", (event) => this.#open(/** @type {any} */ (event).detail));
    screen.page.root.addEventListener("citybrain:report-close", () => panel.hidden || this.#close());
    press(".report-close", () => this.#close());
    press(".report-empty", () => this.#begin(blank()));
    press(".kind-more", () => (this.kinds.all.length ? this.sheet.open(this.draft.category) : this.#lists()));
    press(".report-send", () => this.#send());
    for (const button of this.#segments()) button.addEventListener("click", () => this.#change({ priority: button.dataset.priority }));
    panel.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    this.kinds.load().then(() => this.#show());
    keptFiles().then((blobs) => {
      if (this.files.blobs.length || !blobs.length) return;
      this.files.begin(blobs);
      this.#show();
    });
    for (const name of ["online", "offline"]) window.addEventListener(name, () => this.#show());
    screen.stream.addEventListener("open", () => this.#lists());
  }

  #segments() {
    return /** @type {HTMLElement[]} */ ([...this.panel.querySelectorAll("[data-priority]")]);
  }

  #field() {
    const { words } = this.screen;
    const label = words.say("report.words");
    const field = /** @type {HTMLTextAreaElement} */ (make("textarea", { rows: 3, maxlength: this.kinds.longest, placeholder: words.say("report.words-hint"), "aria-label": label }));
    field.addEventListener("input", () => this.#change({ description: field.value }));
    find(this.panel, ".words-field").append(field);
    return field;
  }

  /** Try again for the list where it could not be had. */
  async #lists() {
    if (await this.kinds.load()) this.#show();
    else if (!this.panel.hidden) this.phone.say(this.screen.words.say("report.form-away"));
  }

  /** @param {import("./outbox.mjs").Entry|undefined} entry to be changed and sent once more */
  #open(entry) {
    this.panel.hidden = false;
    this.screen.page.root.dataset.report = "open";
    if (entry) this.#begin(again(entry));
    else this.#show();
    if (entry) {
      this.files.begin((entry.files ?? []).map(({ blob }) => blob));
      this.#filed();
    }
    this.words.value = this.draft.description;
    this.place.here(this.draft);
    find(this.panel, ".report-close").focus();
  }

  #close() {
    this.panel.hidden = true;
    delete this.screen.page.root.dataset.report;
    /** @type {HTMLElement|null} */ (document.querySelector('[data-tab="report"]'))?.focus();
  }

  /** @param {import("./draft.mjs").Draft} draft */
  #begin(draft) {
    this.draft = draft;
    this.files.begin([]);
    keepFiles([]);
    this.words.value = draft.description;
    this.#change({});
  }

  /** Photos are kept with every change too. */
  #filed() {
    keepFiles(this.files.blobs);
    this.#show();
  }

  /** @param {any} change */
  #change(change) {
    this.draft = { ...this.draft, ...change };
    keepDraft(this.draft);
    if ("point" in change && this.panel.hidden) this.#open(undefined);
    this.#show();
  }

  #show() {
    const { panel, draft, screen } = this;
    const { words } = screen;
    const empty = isEmpty(draft) && !this.files.blobs.length;
    find(panel, ".report-kept").hidden = empty;
    find(panel, ".report-empty").hidden = empty;
    find(panel, ".kinds").replaceChildren(...this.kinds.recent(draft.category).map((kind) => this.#kind(kind)));
    write(find(panel, ".words-left"), words.say("report.words-left", { count: words.count(this.kinds.longest - draft.description.length) }));
    for (const button of this.#segments()) button.setAttribute("aria-pressed", String(button.dataset.priority === draft.priority));
    const hours = this.kinds.find(draft.category)?.limits[draft.priority];
    write(find(panel, ".limit"), hours ? words.say("report.limit", { span: words.span(hours * HOUR) }) : "");
    this.place.show(draft);
    this.similar.look(draft.category, draft.point);
    this.#ready();
  }

  #lacks() {
    const { draft, place } = this;
    const { words } = this.screen;
    if (!draft.category) return words.say("report.lacks-kind");
    if (!draft.point && !draft.area) return words.say("report.lacks-place");
    return draft.point && place.outside ? words.say("refused.outside") : "";
  }

  /** Say what is lacking, and what pressing the button does now. */
  #ready() {
    const { panel, screen } = this;
    const lacks = this.#lacks();
    write(find(panel, ".report-lacks"), lacks);
    const send = find(panel, ".report-send");
    send.toggleAttribute("disabled", lacks !== "");
    write(find(send, "span"), navigator.onLine ? screen.words.say("report.send") : screen.words.say("report.send-later"));
  }

  /** @param {import("./kinds.mjs").Kind} kind */
  #kind(kind) {
    const chosen = kind.id === this.draft.category;
    const mark = chosen ? [make("i", { class: "icon", "data-icon": "check" })] : [];
    const chip = make("button", { type: "button", class: "chip-plain", "aria-pressed": String(chosen) }, ...mark, this.screen.words.field(kind, "name"));
    chip.addEventListener("click", () => this.#change({ category: kind.id }));
    return chip;
  }

  async #send() {
    const { draft, screen } = this;
    const { words } = screen;
    const kind = /** @type {any} */ (this.kinds.find(draft.category) ?? {});
    const [lon, lat] = draft.point ?? [null, null];
    const report = { category: draft.category ?? "", description: draft.description.trim(), priority: draft.priority, lon, lat, area: draft.point ? null : draft.area };
    const entry = {
      id: draft.id ?? identity(), report, language: words.language, pressed_at: new Date().toISOString(),
      files: this.files.blobs.map((blob) => ({ blob, name: null })),
      kind: { name_zh: kind.name_zh, name_en: kind.name_en }, place: this.place.named(draft),
    };
    this.kinds.use(report.category);
    this.#begin(blank());
    this.#close();
    screen.page.root.dispatchEvent(new CustomEvent("citybrain:mine", { detail: true }));
    this.phone.tab("tasks");
    if (!navigator.onLine) this.phone.say(words.say("mine.said-kept"));
    this.#tell(await this.phone.sending.add(entry));
  }

  /** @param {import("./outbox.mjs").Entry|undefined} entry */
  #tell(entry) {
    const { words } = this.screen;
    if (entry?.state === "sent") this.phone.say(words.say("mine.said-sent", { place: words.field(entry.answer, "area") }));
    else if (entry?.state === "refused") this.phone.say(words.say("mine.said-refused", { reason: entry.reason ?? "" }));
    else this.phone.say(words.say("mine.said-kept"));
  }
}
