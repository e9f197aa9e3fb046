import 'reflect-metadata';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Language, Log, provide, type Token, token } from '@sigill/core';
import type { CardProfile, Pcsc } from '@sigill/core/card';
import { Container, ContainerModule } from 'inversify';
import { of } from 'rxjs';
import { documentJournal } from './audit/document-journal.js';
import { Journal } from './audit/journal.js';
import { CardService } from './cards/card-service.js';
import { PublicCardCache } from './cards/public-card-cache.js';
import { DocumentStore } from './documents/document-store.js';
import { Host } from './host.js';
import { journaledSigning } from './journaled-signing.js';
import { HttpNet } from './net/http-net.js';
import { noChoices, type OwnChoices } from './own-choices.js';
import { ownFolder, type Paths } from './paths.js';
import { PinBroker } from './pin/broker.js';
import type { PinPrompt } from './pin/prompt.js';
import type { FoundPlugins } from './plugins/finder.js';
import { apiVersion } from './plugins/manifest.js';
import { PluginHost, type PluginHostOptions } from './plugins/plugin-host.js';
import { askPassword } from './ask-password.js';
import { SetUp, type SetUpOptions } from './programs/set-up.js';
import { TrustSources } from './trust/trust-sources.js';

/** What differs from one start of the host to the next, made before anything is wired. */
export interface Given {
  readonly paths: Paths;
  /** The person's language now. */
  readonly language: () => Language;
  /** What the person chose for a plugin's settings. */
  readonly settings?: PluginHostOptions['settings'];
  /** What the person chose for the host's own parts. */
  readonly own?: OwnChoices;
  /** Where results go whose document came without a folder. */
  readonly documents?: () => string;
  readonly log: Log;
  readonly pcsc: Pcsc;
  readonly prompt: PinPrompt;
  /** The person's folder, whose programs can be set up. */
  readonly programs?: {
    readonly home: string;
    readonly environment: NodeJS.ProcessEnv;
  };
  readonly plugins: FoundPlugins;
  /** Gives a process of the plugin in this folder that was started already. */
  readonly begun?: PluginHostOptions['begun'];
  readonly profiles: readonly CardProfile[];
  /** Who asks when the host itself does. */
  readonly requester: string;
  /** Ends what is being asked of the person. */
  readonly signal: AbortSignal;
}

const Given = token<Given>('Given');
const Cache = token<PublicCardCache>('PublicCardCache');
const Service = token<CardService>('CardService');
const Broker = token<PinBroker>('PinBroker');
const Plugins = token<PluginHost>('PluginHost');
const Audit = token<Journal>('Journal');
const Store = token<DocumentStore>('DocumentStore');
const Http = token<HttpNet>('HttpNet');
const OwnPrograms = token<SetUp | undefined>('SetUp');

/** Every binding of the host. */
const bindings = (given: Given): ContainerModule =>
  new ContainerModule((to) => {
    provide(to, Given, [], () => given);
    provide(to, Log, [Given], ({ log }) => log);
    provide(to, Cache, [Given], ({ paths }) => new PublicCardCache(ownFolder(paths.cache)));
    provide(
      to,
      Service,
      [Given, Cache, Log],
      ({ pcsc, profiles }, cache, log) => new CardService(pcsc, profiles, cache, log),
    );
    provide(
      to,
      Broker,
      [Given, Service, Log],
      ({ prompt, language }, cards, log) => new PinBroker(cards, prompt, log, language),
    );
    provide(
      to,
      Audit,
      [Given],
      ({ paths, own = noChoices }) => new Journal({ folder: ownFolder(paths.state), wanted: () => own.journal() }),
    );
    provide(to, Store, [Given, Audit, Log], ({ paths, documents = homedir }, journal, log) => {
      const folders = { state: ownFolder(paths.state), runtime: ownFolder(paths.runtime) };
      return new DocumentStore({ ...folders, documents, journal: documentJournal(journal), log });
    });
    provide(to, Http, [Given], ({ signal }) => new HttpNet({ signal, agent: `Sigill/${apiVersion}` }));
    provide(to, OwnPrograms, [Given, Service, Log], ({ programs, paths }, cards, log) => {
      if (programs === undefined) return undefined;
      const certificate: SetUpOptions['certificate'] = ({ card, id }) => cards.certificate(card, id);
      const setUp = new SetUp({ ...programs, folder: join(paths.state, 'programs'), certificate });
      void setUp.recover().catch((error: unknown) => log.warn(`set-up of programs: ${String(error)}`));
      return setUp;
    });
    provide(
      to,
      Plugins,
      [Given, Service, Broker, Store, Audit, Http, OwnPrograms, Log],
      (
        { plugins, begun, language, own = noChoices, settings = () => of({}) },
        cards,
        broker,
        documents,
        journal,
        net,
        setUp,
        log,
      ) => {
        const signing = (requester: string, signal: AbortSignal) => broker.signing(requester, signal);
        const signed = { cards, documents, journal, signing };
        return new PluginHost({
          cards,
          pins: (requester, signal) => broker.for(requester, signal),
          signing: (asker) => journaledSigning(signed, asker),
          decrypting: (requester, signal) => broker.decrypting(requester, signal),
          programs: setUp && ((requester, signal) => setUp.for(askPassword(broker, requester), signal)),
          documents,
          net,
          trust: new TrustSources({ cards, file: () => own.trustFile() }),
          keepSetting: (plugin, key, value) => own.keep(plugin, key, value),
          log,
          plugins,
          begun,
          language,
          settings,
        });
      },
    );
    provide(to, Host, [Given, Cache, Service, Broker, Plugins, Store, Audit, Http, OwnPrograms, Log], makeHost);
  });

/** The host, wired and not yet started. */
export function wireHost(given: Given): Host {
  const container = new Container();
  container.load(bindings(given));
  return container.get<Host>(Host as Token<Host>);
}

function makeHost(
  { pcsc, requester, signal }: Given,
  cache: PublicCardCache,
  cards: CardService,
  broker: PinBroker,
  plugins: PluginHost,
  documents: DocumentStore,
  journal: Journal,
  net: HttpNet,
  setUp: SetUp | undefined,
  log: Log,
): Host {
  return {
    pcsc,
    cards,
    plugins,
    pins: broker.for(requester, signal),
    signing: broker.signing(requester, signal),
    loginsFor: (program, ending) => broker.logins(program, AbortSignal.any([signal, ending])),
    signingFor: (ending) => broker.signing(requester, AbortSignal.any([signal, ending])),
    documents,
    journal,
    asking: (prompt, language) => ({
      language,
      pins: (name, ending) => broker.for(name, AbortSignal.any([signal, ending]), prompt),
      decrypting: (name, ending) => broker.decrypting(name, AbortSignal.any([signal, ending]), prompt),
      programs:
        setUp && ((name, ending) => setUp.for(askPassword(broker, name, prompt), AbortSignal.any([signal, ending]))),
      signing: (asker) =>
        journaledSigning(
          { cards, documents, journal, signing: (name, ending) => broker.signing(name, ending, prompt) },
          { ...asker, signal: AbortSignal.any([signal, asker.signal]) },
        ),
    }),
    log,
    now: () => new Date(),
    async close() {
      plugins.dispose();
      documents.dispose();
      net.dispose();
      await documents.written();
      cards.dispose();
      await pcsc.close();
      await cache.written();
    },
  };
}
