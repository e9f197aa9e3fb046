import { type CardDetails, type CardId, type Disposable, DisposableStore } from '@sigill/core';
import type { FailureData, Language, Message, Reader } from '@sigill/core';
import { commonNameIn, type PcscService } from '@sigill/core/card';
import { defer, map, type Observable, ReplaySubject, share, type Subscription } from 'rxjs';
import { readCertificate } from '../cards/read-certificate.js';
import type { FileQuestion } from '../chooser/file-chooser.js';
import type { Host } from '../host.js';
import { failureText } from '../messages/failure-text.js';
import type { Chosen, Settings } from '../settings/settings.js';
import type { Desk, PageDocuments, PageJournal } from '../window/desk.js';
import type { WindowRequest } from '../window/requests.js';
import type { WindowView } from '../window/view.js';
import { Activities } from './activities.js';
import type { Activity } from './activity.js';
import type { Asking } from './asking.js';
import type { About, DeskState } from './desk-state.js';
import { deskWords } from './desk-texts.js';
import { takeDrop } from './give-documents.js';
import { journalFile, journalView } from './journal-page.js';
import { PanelDocuments } from './panel-documents.js';
import type { PluginLogs } from './plugin-logs.js';
import { ReaderViews } from './reader-views.js';
import { requester } from './requester.js';
import { carryOut } from './requests.js';
import { watched } from './watched.js';
import { windowView } from './window-view.js';

export interface HostDeskNeeds {
  readonly host: Host;
  readonly settings: Settings;
  /** The language of the person's session, until they choose another. */
  readonly language: Language;
  readonly logs: PluginLogs;
  readonly about: About;
  /** Who is asked for a code now. What is, replaying. */
  readonly asking: Observable<Asking | undefined>;
  /** Makes the session start the program, or lets it be. Fails with `file-unwritable`. */
  readonly autostart: (wanted: boolean) => void;
  /** *Sign PDF document* in the menus of file managers: whether it is there, and putting it there or taking it away, which fails with `file-unwritable`. */
  readonly fileMenu?: { readonly is: () => boolean; readonly want: (wanted: boolean) => void };
  /** The desktop's dialog for files: `undefined` when there is none after all, nothing chosen is an empty list. */
  readonly dialog?: (question: FileQuestion) => Promise<readonly string[] | undefined>;
  /** Opens files in the person's own programs; absent without a desktop. */
  readonly files?: { open(path: string): void; show(path: string): void };
}

/** The host as a person sees it: its state in words, and what they want of it. */
export class HostDesk implements Desk, Disposable {
  /** Everything that is shown, as facts. What is, replays the last. Never errors. */
  readonly state: Observable<DeskState>;
  readonly view: Observable<WindowView>;
  readonly activities = new Activities(() => this.#changed());
  /** Activities at their end; what happens, without replay. */
  readonly ended = this.activities.ended;
  readonly needs: HostDeskNeeds;
  readonly given: PanelDocuments;
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
  readonly #kept = new DisposableStore();
  readonly #details = new Map<CardId, CardDetails>();
  readonly #lookers: () => boolean;
  #readers: readonly Reader[] = [];
  #service: PcscService | undefined;
  #wish: { readonly number: number; readonly place: string } | undefined;
  #asked: string | undefined;
  #pending = false;
  /** Looked up when a window opens and when something was chosen, here or elsewhere. */
  #fileMenu: boolean | undefined;

  constructor(needs: HostDeskNeeds) {
    this.needs = needs;
    this.given = new PanelDocuments(needs.host.documents, () => this.#changed());
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
    return this.#readers;
  }

  /** Begins to follow the host. */
  start(): void {
    const { host, settings, asking } = this.needs;
    this.#follow(host.pcsc.service.subscribe((service) => this.#set(() => (this.#service = service))));
    this.#follow(host.cards.readers.subscribe((readers) => this.#set(() => this.#seen(readers))));
    this.#follow(host.plugins.changes.subscribe(() => this.#changed()));
    this.#follow(settings.chosen.subscribe(() => this.#set(() => (this.#fileMenu = undefined))));
    this.#follow(this.needs.logs.changes.subscribe(() => this.#changed()));
    this.#follow(asking.subscribe((now) => this.#ask(now)));
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
    if (this.#readers.some((reader) => reader.card?.id === card)) this.#set(() => this.#details.set(card, found));
  }

  async certificate(card: string, id: string): Promise<{ readonly der: Uint8Array; readonly name: string }> {
    const found = this.needs.host.cards.card(card);
    const der = await readCertificate(this.needs.host.cards, found, id);
    const authorities = this.#details.get(found.id)?.caCertificates ?? [];
    const certificate = [...found.certificates, ...authorities].find((one) => one.id === id);
    if (certificate === undefined) return { der, name: id };
    return { der, name: commonNameIn(certificate.subject) ?? id };
  }

  dispose(): void {
    this.given.dispose();
    this.#kept.dispose();
    this.#states.complete();
  }

  /** Which activity the person is asked for: the one of that program with that card. */
  #ask(now: Asking | undefined): void {
    if (this.#asked !== undefined) this.activities.wait(this.#asked, false);
    this.#asked = undefined;
    if (now === undefined) return;
    const running = this.activities.all.filter(({ state }) => state === 'running');
    const here = running.filter(({ reader }) => reader === now.reader);
    const isAsker = ({ plugin }: Activity): boolean => requester(this, plugin) === now.requester;
    // A command that chooses the card itself began without naming one.
    const asks = here.find(isAsker) ?? running.find((one) => one.reader === undefined && isAsker(one)) ?? here[0];
    if (asks === undefined) return;
    this.#asked = asks.id;
    this.activities.wait(asks.id, true, now.address, now.operation === 'password' ? 'password' : undefined);
  }

  #seen(readers: readonly Reader[]): void {
    this.#readers = readers;
    const present = new Set(readers.map(({ card }) => card?.id));
    for (const card of this.#details.keys()) if (!present.has(card)) this.#details.delete(card);
  }

  #follow(subscription: Subscription): void {
    this.#kept.add({ dispose: () => subscription.unsubscribe() });
  }

  #set(change: () => unknown): void {
    change();
    this.#changed();
  }

  /** All that changes in one turn is told as one. */
  #changed(): void {
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      this.#states.next(this.#now());
    });
  }

  #now(): DeskState {
    const { host, settings, logs, about } = this.needs;
    const { available = true, why = '' } = this.#service ?? {};
    return {
      now: host.now(),
      language: this.language,
      ...(available ? {} : { serviceAbsent: why }),
      readers: this.#readers,
      details: this.#details,
      plugins: host.plugins.list(),
      log: (plugin) => logs.lines(plugin),
      panel: (id) => host.plugins.panel(id),
      documents: (panel) => this.given.of(panel),
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
