import { html, LitElement, type TemplateResult } from 'lit';
import type { WindowRequest } from '../requests.js';
import type { WindowView } from '../view.js';
import { Connection } from './connection.js';
import { activities } from './parts/activities.js';
import { banner } from './parts/banner.js';
import { topBar } from './parts/top-bar.js';
import { FocusKeeper } from './focus-keeper.js';
import { type News, PlaceNews, readerNews } from './news.js';
import { PanelVisit } from './panel-visit.js';
import { news } from './parts/news.js';
import { followDrops } from './drops.js';
import { inputId } from './parts/documents-field.js';
import { documentsPanel, hashOf, isAccepted, isCurrentWish, placeFromHash, tabs } from './place.js';
import { drawPlace, placeTitle } from './places/draw-place.js';
import type { Scene } from './scene.js';
import { Uploads } from './uploads.js';
import { followTheme, showTheme } from './theme.js';

const seenWish = 'sigill.wish';

/** The whole window. Draws into the document itself, so that one style sheet and plain ids serve all. */
export class SigillWindow extends LitElement {
  static override properties = {
    view: { state: true },
    place: { state: true },
    connected: { state: true },
    refusal: { state: true },
    selected: { state: true },
    toggled: { state: true },
    copied: { state: true },
    news: { state: true },
    dragging: { state: true },
  };

  declare view: WindowView | undefined;
  declare place: string;
  declare connected: boolean;
  /** What the host answered to a request that it did not carry out. */
  declare refusal: string | undefined;
  declare selected: string | undefined;
  declare toggled: ReadonlySet<string>;
  declare copied: string | undefined;
  /** What is read out to who does not see the page. */
  declare news: News;
  /** Files are held over the page. */
  declare dragging: boolean;
  /** The panel whose documents are asked for with the desktop's dialog. */
  #choosing: string | undefined;
  readonly #uploads = new Uploads(
    () => this.requestUpdate(),
    (name, trouble) => (this.refusal = `${name}: ${'key' in trouble ? this.#word(trouble.key) : trouble.message}`),
  );
  /** Cards that were asked for more; a card that comes back has another id, or is asked again after it was away. */
  #asked = new Set<string>();
  readonly #visit = new PanelVisit((panel) => this.#send({ kind: 'open-panel', panel }));
  readonly #placeNews = new PlaceNews();
  readonly #focus = new FocusKeeper();
  readonly #connection: Connection;

  constructor() {
    super();
    this.place = placeFromHash(location.hash);
    this.connected = true;
    this.toggled = new Set();
    this.news = [];
    this.dragging = false;
    followDrops({
      over: (is) => (this.dragging = is),
      dropped: (files) => this.#drop(files),
    });
    followTheme(() => this.requestUpdate());
    window.addEventListener('hashchange', () => this.#arrive(placeFromHash(location.hash)));
    this.#connection = new Connection({
      seen: (view) => this.#seen(view),
      connected: (is) => this.#connect(is),
      refused: (message) => (this.refusal = message ?? this.#word('page.request-failed')),
    });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    this.#focus.note();
  }

  protected override render(): TemplateResult {
    if (this.view === undefined) return html`<div class="before" aria-hidden="true"><span class="chip"></span></div>`;
    const scene = this.#scene(this.view);
    return html`
      ${topBar(scene, this.#skip)} ${banner(scene, this.connected)}
      <main id="main" tabindex="-1" class=${`place-${this.place.split(':')[0]}`}>${drawPlace(scene)}</main>
      ${activities(scene, this.refusal, () => (this.refusal = undefined))} ${news(this.news)}
    `;
  }

  protected override updated(): void {
    if (this.view === undefined) return;
    this.#focus.keep(this);
    this.classList.toggle('dragging', this.dragging);
    const told = this.#placeNews.since(this.place, this.querySelector('#main'));
    if (told.length > 0) this.news = told;
    document.documentElement.lang = this.view.language;
    document.title = `${placeTitle(this.#scene(this.view))} – Sigill`;
  }

  #scene(view: WindowView): Scene {
    return {
      view,
      place: this.place,
      selected: this.selected,
      toggled: this.toggled,
      copied: this.copied,
      word: (key) => this.#word(key),
      send: (request) => this.#send(request),
      ask: (card) => this.#ask(card),
      go: (place) => (location.hash = hashOf(place)),
      select: (node) => (this.selected = node),
      toggle: (node) => (this.toggled = flip(this.toggled, node)),
      copy: (report) => void this.#copy(report),
      uploads: this.#uploads.now,
      upload: (panel, files) => this.#upload(panel, files),
      cancelUpload: () => this.#uploads.cancel(),
      choose: (panel) => this.#choose(panel),
    };
  }

  #word(key: string): string {
    return this.view?.words[key] ?? key;
  }

  #send(request: WindowRequest): void {
    this.refusal = undefined;
    void this.#connection.send(request);
  }

  #choose(panel: string): void {
    if (this.view?.fileDialog !== true) return this.#browse(panel);
    this.#choosing = panel;
    this.#send({ kind: 'choose', panel });
  }

  /** The browser's own dialog. */
  #browse(panel: string): void {
    this.#choosing = undefined;
    document.getElementById(inputId(panel))?.click();
  }

  #upload(panel: string, files: readonly File[]): void {
    this.refusal = undefined;
    const shown = this.view?.panels.find(({ id }) => id === panel);
    const taken = files.filter((file) => shown === undefined || isAccepted(shown, file.name));
    if (shown !== undefined && taken.length < files.length)
      this.refusal = this.#word(isAccepted(shown, 'x.pdf') ? 'page.upload.kind' : 'page.upload.kind.files');
    this.#uploads.add(panel, taken);
  }

  #drop(files: readonly File[]): void {
    const panel = this.view && documentsPanel(this.view, this.place)?.id;
    if (panel === undefined) return void (this.refusal = this.#word('page.upload.nowhere'));
    location.hash = hashOf(`panel:${panel}`);
    this.#upload(panel, files);
  }

  #ask(card: string): void {
    if (this.#asked.has(card)) return;
    this.#asked.add(card);
    this.#send({ kind: 'details', card });
  }

  #connect(is: boolean): void {
    this.connected = is;
    if (!is) this.#visit.forget();
  }

  #seen(view: WindowView): void {
    const before = this.view;
    this.view = view;
    this.connected = true;
    showTheme(view.theme);
    const told = before === undefined ? [] : readerNews(before, view, (key) => this.#word(key));
    if (told.length > 0) this.news = told;
    const cards = view.readers.map(({ card }) => card?.id);
    for (const card of this.#asked) if (!cards.includes(card)) this.#asked.delete(card);
    if (this.#choosing !== undefined && view.fileDialog !== true) this.#browse(this.#choosing);
    const wish = view.wish;
    if (wish !== undefined && wish.number > Number(sessionStorage.getItem(seenWish) ?? -1)) {
      sessionStorage.setItem(seenWish, String(wish.number));
      if (isCurrentWish(view, wish.place)) location.hash = hashOf(wish.place);
    }
    const gone = this.place.startsWith('panel:') && !tabs(view).some(({ place }) => place === this.place);
    if (gone) location.hash = hashOf('devices');
    else this.#visit.at(this.place, view);
  }

  #arrive(place: string): void {
    if (place === 'main') return;
    this.place = place;
    if (this.view !== undefined) this.#visit.at(place, this.view);
    // A new place begins at its heading, for eyes and for screen readers.
    void this.updateComplete.then(() => {
      window.scrollTo(0, 0);
      this.querySelector('nav [aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
      this.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
    });
  }

  #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>('#main')?.focus();
  };

  async #copy(report: string): Promise<void> {
    await navigator.clipboard.writeText(report);
    this.copied = report;
  }
}

function flip(nodes: ReadonlySet<string>, node: string): ReadonlySet<string> {
  const flipped = new Set(nodes);
  if (!flipped.delete(node)) flipped.add(node);
  return flipped;
}
