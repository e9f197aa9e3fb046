import { html, LitElement, type TemplateResult } from 'lit';
import type { WindowRequest } from '../requests.js';
import type { WindowView } from '../view/window-view.js';
import { beginAtHeading } from './arrival.js';
import { AskedCards } from './asked-cards.js';
import { Connection } from './connection.js';
import { activities } from './parts/activities.js';
import { banner } from './parts/banner.js';
import { topBar } from './parts/top-bar.js';
import { FocusKeeper } from './focus-keeper.js';
import { type News, PlaceNews, readerNews } from './news.js';
import { PanelVisit } from './panel-visit.js';
import { news } from './parts/news.js';
import { followDrops } from './drops.js';
import { Giving } from './giving.js';
import { hashOf, placeFromHash, tabs } from './place.js';
import { drawPlace, placeTitle } from './places/draw-place.js';
import type { Scene } from './scene.js';
import { followTheme, showTheme } from './theme.js';
import { newWish } from './wishes.js';

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
  readonly #giving = new Giving({
    view: () => this.view,
    place: () => this.place,
    word: (key) => this.#word(key),
    send: (request) => this.#send(request),
    refuse: (message) => (this.refusal = message),
    go: (place) => this.#go(place),
    changed: () => this.requestUpdate(),
  });
  readonly #asked = new AskedCards((card) => this.#send({ kind: 'details', card }));
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
      dropped: (files) => this.#giving.drop(files),
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
      ask: (card) => this.#asked.ask(card),
      go: (place) => this.#go(place),
      select: (node) => (this.selected = node),
      toggle: (node) => (this.toggled = flip(this.toggled, node)),
      copy: (report) => void this.#copy(report),
      uploads: this.#giving.now,
      upload: (panel, files) => this.#giving.upload(panel, files),
      cancelUpload: () => this.#giving.cancel(),
      choose: (panel) => this.#giving.choose(panel),
    };
  }

  #go(place: string): void {
    location.hash = hashOf(place);
  }

  #word(key: string): string {
    return this.view?.words[key] ?? key;
  }

  #send(request: WindowRequest): void {
    this.refusal = undefined;
    void this.#connection.send(request);
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
    this.#asked.seen(view);
    this.#giving.seen(view);
    const wish = newWish(view);
    if (wish !== undefined) this.#go(wish);
    const gone = this.place.startsWith('panel:') && !tabs(view).some(({ place }) => place === this.place);
    if (gone) this.#go('devices');
    else this.#visit.at(this.place, view);
  }

  #arrive(place: string): void {
    if (place === 'main') return;
    this.place = place;
    if (this.view !== undefined) this.#visit.at(place, this.view);
    void this.updateComplete.then(() => beginAtHeading(this));
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
