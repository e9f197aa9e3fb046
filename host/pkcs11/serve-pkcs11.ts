import type { Disposable } from '@sigill/core';
import { distinctUntilChanged, firstValueFrom, merge, type Observable, take, timer } from 'rxjs';
import { settledReaders } from '../reach/settled-readers.js';
import type { Host } from '../host.js';
import { inheritedSockets } from './inherited-sockets.js';
import { Pkcs11Server } from './pkcs11-server.js';
import { pkcs11Places } from './places.js';

export interface ServePkcs11Needs {
  readonly host: Host;
  /** Sigill's runtime folder. */
  readonly runtime: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: string;
  /** False while the person has switched it off; what is, replaying. */
  readonly wanted: Observable<boolean>;
  /** As `about` has it: `0.1.0`. */
  readonly version: string;
  /** What the person is told of a program without a name. */
  readonly unnamed: () => string;
}

/** Milliseconds that a program waits for cards to be read before it is told that there are none. */
const patience = 8_000;

/** What serves programs. */
export interface ServedPrograms extends Disposable {
  /** Resolves when programs that come find it as the person wants it. Never fails. */
  settled(): Promise<void>;
}

/** Serves programs for as long as the person wants it, and until it is disposed of. Not on Windows, where p11-kit's module knows no socket. */
export function servePkcs11(needs: ServePkcs11Needs): ServedPrograms {
  const { host, runtime, environment, platform, wanted, version, unnamed } = needs;
  if (platform === 'win32') return { dispose: () => {}, settled: () => Promise.resolve() };
  const inherited = inheritedSockets(environment, process.pid);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const settled = async (): Promise<void> => {
    await firstValueFrom(merge(settledReaders(host), timer(patience)).pipe(take(1)));
  };
  let server: Promise<Pkcs11Server> | undefined;
  let latest = Promise.resolve();
  const stop = (): void => {
    server?.then(
      (one) => one.dispose(),
      () => {},
    );
    server = undefined;
  };
  const start = (): Promise<Pkcs11Server> =>
    Pkcs11Server.start({
      cards: host.cards,
      logins: (requester, signal) => host.loginsFor(requester, signal),
      places: pkcs11Places(runtime, environment),
      inherited,
      settled,
      version: { major, minor },
      unnamed,
      log: host.log,
    });
  const watch = wanted.pipe(distinctUntilChanged()).subscribe((now) => {
    if (!now && inherited.length === 0) return stop();
    // A socket that was handed down stays the sender's: what nobody takes in would wait there for ever, so programs are sent away.
    server ??= start();
    latest = server.then(
      (one) => one.serve(now),
      (error: unknown) => host.log.error(`pkcs11: ${error instanceof Error ? error.stack : String(error)}`),
    );
  });
  return { dispose: () => (watch.unsubscribe(), stop()), settled: () => latest };
}
