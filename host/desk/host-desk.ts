import { type CardId, type Disposable, DisposableStore } from '@sigill/core';
import type { FailureData, Language, Message, Reader } from '@sigill/core';
import type { PcscService } from '@sigill/core/card';
import { defer, map, type Observable, ReplaySubject, share, type Subscription } from 'rxjs';
import { failureText } from '../messages/failure-text.js';
import type { Chosen } from '../settings/chosen.js';
import type { Desk, PageDocuments, PageJournal } from '../window/desk.js';
import type { WindowRequest } from '../window/requests.js';
import type { WindowView } from '../window/view/window-view.js';
import { Activities } from './activities.js';
import { AskedActivity } from './asked-activity.js';
import type { DeskNeeds } from './desk-needs.js';
import type { DeskState } from './desk-state.js';
import { deskWords } from './desk-texts.js';
import { DocumentLocks } from './document-locks.js';
import { takeDrop } from './give-documents.js';
import { journalFile, journalView } from './journal-page.js';
import { type NamedCertificate, namedCertificate } from './named-certificate.js';
import { onceATurn } from './once-a-turn.js';
import { PanelDocuments } from './panel-documents.js';
import { ReaderViews } from './reader-views.js';
import { requester } from './requester.js';
import { carryOut } from './requests.js';
import { SeenReaders } from './seen-readers.js';
import { lookForLocks } from './unlock-documents.js';
import { watched } from './watched.js';
import { windowView } from './window-view.js';

/** The host as a person sees it: its state in words, and what they want of it. */
export class HostDesk implements Desk, Disposable {
  /** Everything that is shown, as facts. What is, replays the last. Never errors. */
  readonly state: Observable<DeskState>;
  readonly view: Observable<WindowView>;
  readonly activities = new Activities(() => this.#changed());
  /** Activities at their end; what happens, without replay. */
  readonly ended = this.activities.ended;
  readonly needs: DeskNeeds;
  readonly given: PanelDocuments;
  /** Which of those are locked. */
  readonly locks: DocumentLocks;
  readonly documents: PageDocuments = {
    receive: (panel, name, bytes, limit) => takeDrop(this, panel, name, bytes, limit),
    piece: (id, offset, length) => this.given.piece(id, offset, length),
  };
  readonly journal: PageJournal = {
    view: () => journalView(this.needs.host.journal, deskWords(this.language).texts),
    file: () => journalFile(this.needs.host.journal),
  };
  /** A dialog for files is open. */
  choosing = false;
  dialogWorks: boolean;
  readonly #states = new ReplaySubject<DeskState>(1);
  readonly #changed = onceATurn(() => this.#states.next(this.#now()));
  readonly #kept = new DisposableStore();
  readonly #lookers: () => boolean;
  readonly #seen = new SeenReaders();
  readonly #asked = new AskedActivity(this.activities, (plugin) => requester(this, plugin));
  #service: PcscService | undefined;
  #wish: { readonly number: number; readonly place: string } | undefined;
  /** Looked up when a window opens and when something was chosen, here or elsewhere. */
  #fileMenu: boolean | undefined;

  constructor(needs: DeskNeeds) {
    this.needs = needs;
    this.given = new PanelDocuments(needs.host.documents, () => this.#changed());
    this.locks = new DocumentLocks(
      (command, args) => needs.host.plugins.run(command, args),
      () => this.#changed(),
    );
    this.dialogWorks = needs.dialog !== undefined;
    this.state = this.#states.asObservable();
    const readers = new ReaderViews();
    // Made only while somebody looks, and once for all who do.
    const { stream, any } = watched(this.state);
    this.#lookers = any;
    const fresh = defer(() => {
      this.#fileMenu = undefined;
      return stream;
    });
    this.view = fresh.pipe(
      map((state) => windowView(state, deskWords(state.language), readers)),
      share({ connector: () => new ReplaySubject(1) }),
    );
  }

  get language(): Language {
    return this.needs.settings.now.language ?? this.needs.language;
  }

  get chosen(): Chosen {
    return this.needs.settings.now;
  }

  /** True while a window is open. */
  get watched(): boolean {
    return this.#lookers();
  }

  get readers(): readonly Reader[] {
    return this.#seen.now;
  }

  /** Begins to follow the host. */
  start(): void {
    const { host, settings, asking } = this.needs;
    this.#follow(host.pcsc.service.subscribe((service) => this.#set(() => (this.#service = service))));
    this.#follow(host.cards.readers.subscribe((readers) => this.#set(() => this.#seen.see(readers))));
    this.#follow(host.plugins.changes.subscribe(() => this.#changed()));
    this.#follow(settings.chosen.subscribe(() => this.#set(() => (this.#fileMenu = undefined))));
    this.#follow(this.needs.logs.changes.subscribe(() => this.#changed()));
    this.#follow(asking.subscribe((now) => this.#asked.show(now)));
    this.#follow(this.state.subscribe((state) => lookForLocks(this, state)));
    // A certificate may come near its end while nothing else happens.
    const hourly = setInterval(() => this.#changed(), 3_600_000).unref();
    this.#kept.add({ dispose: () => clearInterval(hourly) });
    this.#changed();
  }

  /** Where the window is asked to go; one that is not open goes there when it is. */
  wish(place: string): void {
    this.#set(() => (this.#wish = { number: (this.#wish?.number ?? 0) + 1, place }));
  }

  /** The dialog for files could not be shown: the browser's own is offered from now on. */
  withoutDialog(): void {
    this.#set(() => (this.dialogWorks = false));
  }

  /** Tells the person something by itself: keys of the desk's texts. */
  tell(title: { readonly key: string }, message: Message): void {
    this.activities.tell({ command: `host.tell.${message.key}`, args: {}, title, own: message });
  }

  async request(request: WindowRequest): Promise<void> {
    await carryOut(this, request);
  }

  say(failure: FailureData): string {
    return failureText(deskWords(this.language).texts, failure);
  }

  /** Reads what is read only when asked for. Fails with `card-removed`. */
  async readDetails(card: CardId): Promise<void> {
    const found = await this.needs.host.cards.details(card);
    this.#set(() => this.#seen.keep(card, found));
  }

  async certificate(card: string, id: string): Promise<NamedCertificate> {
    const { cards } = this.needs.host;
    return await namedCertificate(cards, cards.card(card), this.#seen.details.get(card), id);
  }

  dispose(): void {
    this.given.dispose();
    this.#kept.dispose();
    this.#states.complete();
  }

  #follow(subscription: Subscription): void {
    this.#kept.add({ dispose: () => subscription.unsubscribe() });
  }

  #set(change: () => unknown): void {
    change();
    this.#changed();
  }

  #now(): DeskState {
    const { host, settings, logs, about } = this.needs;
    const { available = true, why = '' } = this.#service ?? {};
    return {
      now: host.now(),
      language: this.language,
      ...(available ? {} : { serviceAbsent: why }),
      readers: this.#seen.now,
      details: this.#seen.details,
      plugins: host.plugins.list(),
      log: (plugin) => logs.lines(plugin),
      panel: (id) => host.plugins.panel(id),
      documents: (panel) => this.given.of(panel),
      lock: (document) => this.locks.of(document),
      documentsFolder: host.documents?.settings.documents() ?? '',
      fileDialog: this.dialogWorks,
      activities: this.activities.all,
      chosen: settings.now,
      fileMenu: () => (this.#fileMenu ??= this.needs.fileMenu?.is() ?? false),
      about,
      ...(this.#wish === undefined ? {} : { wish: this.#wish }),
    };
  }
}
