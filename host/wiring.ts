import 'reflect-metadata';
import { join } from 'node:path';
import { type Language, Log, provide, type Token, token } from '@sigill/core';
import type { CardProfile, Pcsc } from '@sigill/core/card';
import { Container, ContainerModule } from 'inversify';
import { of } from 'rxjs';
import { CardService } from './cards/card-service.js';
import { PublicCardCache } from './cards/public-card-cache.js';
import { Host } from './host.js';
import { ownFolder, type Paths } from './paths.js';
import { PinBroker } from './pin/broker.js';
import type { PinPrompt } from './pin/prompt.js';
import type { FoundPlugins } from './plugins/finder.js';
import { PluginHost, type PluginHostOptions } from './plugins/plugin-host.js';
import { cardCertificate } from './card-certificate.js';
import { type DatabasePasswordPrompt, SetUp } from './programs/set-up.js';

/** What differs from one start of the host to the next, made before anything is wired. */
export interface Given {
  readonly paths: Paths;
  /** The person's language now. */
  readonly language: () => Language;
  /** What the person chose for a plugin's settings. */
  readonly settings?: PluginHostOptions['settings'];
  readonly log: Log;
  readonly pcsc: Pcsc;
  readonly prompt: PinPrompt;
  /** The person's folder, whose programs can be set up, and who is asked for the password of a database. */
  readonly programs?: {
    readonly home: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly passwords: DatabasePasswordPrompt;
  };
  readonly plugins: FoundPlugins;
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
    provide(to, Broker, [Given, Service, Log], ({ prompt }, cards, log) => new PinBroker(cards, prompt, log));
    provide(
      to,
      Plugins,
      [Given, Service, Broker, Log],
      ({ plugins, language, settings = () => of({}), programs, paths }, cards, broker, log) => {
        const pins = (requester: string, signal: AbortSignal) => broker.for(requester, signal);
        const signing = (requester: string, signal: AbortSignal) => broker.signing(requester, signal);
        const setUp =
          programs &&
          new SetUp({
            ...programs,
            prompt: programs.passwords,
            folder: join(paths.state, 'programs'),
            certificate: (which) => cardCertificate(cards, which),
          });
        void setUp?.recover().catch((error: unknown) => log.warn(`set-up of programs: ${String(error)}`));
        const programsFor = setUp && ((signal: AbortSignal) => setUp.for(signal));
        return new PluginHost({ cards, pins, signing, programs: programsFor, log, plugins, language, settings });
      },
    );
    provide(to, Host, [Given, Cache, Service, Broker, Plugins, Log], makeHost);
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
    log,
    now: () => new Date(),
    async close() {
      plugins.dispose();
      cards.dispose();
      await pcsc.close();
      await cache.written();
    },
  };
}
