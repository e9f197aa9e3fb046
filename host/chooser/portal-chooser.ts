import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { catchError, firstValueFrom, type Observable, switchMap, throwError } from 'rxjs';
import type { Bus } from '../tray/dbus/bus.js';
import type { FileChooser, FileQuestion } from './file-chooser.js';
import { patterns } from './patterns.js';

const portal = {
  destination: 'org.freedesktop.portal.Desktop',
  path: '/org/freedesktop/portal/desktop',
  interface: 'org.freedesktop.portal.FileChooser',
};
const request = 'org.freedesktop.portal.Request';
const daemon = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/** The dialog of xdg-desktop-portal (flatpak.github.io/xdg-desktop-portal, FileChooser): the desktop's own, also for programs in a sandbox. `connect` gives the session bus. */
export class PortalChooser implements FileChooser {
  readonly #connect: () => Observable<Bus>;

  constructor(connect: () => Observable<Bus>) {
    this.#connect = connect;
  }

  choose(question: FileQuestion, signal: AbortSignal): Promise<readonly string[]> {
    if (signal.aborted) return Promise.resolve([]);
    const asked = this.#connect().pipe(
      switchMap((bus) => ask(bus, question, signal)),
      catchError((error: unknown) => throwError(() => (error instanceof Error ? error : new Error('no portal')))),
    );
    return firstValueFrom(asked);
  }
}

async function ask(bus: Bus, question: FileQuestion, signal: AbortSignal): Promise<readonly string[]> {
  const token = `sigill_${randomBytes(8).toString('hex')}`;
  const answered = new Promise<readonly string[]>((resolve) => {
    bus.onSignal(({ interface: from, member, path, body }) => {
      // The path ends with the token that is only ours; who else may send from it is seen to by the bus.
      if (from === request && member === 'Response' && path?.endsWith(`/${token}`)) resolve(chosen(body));
    });
  });
  const rule = `type='signal',sender='${portal.destination}',interface='${request}',member='Response'`;
  await bus.call({ ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
  const [handle] = await bus.call({
    ...portal,
    member: 'OpenFile',
    signature: 'ssa{sv}',
    body: ['', question.title, options(bus, question, token)],
  });
  const withdrawn = new Promise<readonly string[]>((resolve) => {
    const close = (): void => {
      const to = { destination: portal.destination, path: String(handle), interface: request, member: 'Close' };
      void bus.call(to).catch(() => undefined);
      resolve([]);
    };
    if (signal.aborted) close();
    else signal.addEventListener('abort', close, { once: true });
  });
  return await Promise.race([answered, withdrawn]);
}

function options(bus: Bus, { kind, extensions, many }: FileQuestion, token: string): Record<string, unknown> {
  const glob = 0;
  const filter = [kind, patterns(extensions).map((pattern) => [glob, pattern])];
  return {
    handle_token: bus.variant('s', token),
    modal: bus.variant('b', false),
    multiple: bus.variant('b', many),
    filters: bus.variant('a(sa(us))', [filter]),
    current_filter: bus.variant('(sa(us))', filter),
  };
}

/** The paths in a `Response` (u response, a{sv} results): 0 is a choice, 1 the person's no. Files that are not on this computer are left out. */
function chosen([response, results]: readonly unknown[]): readonly string[] {
  if (response !== 0 || typeof results !== 'object' || results === null) return [];
  const { uris } = results as { readonly uris?: { readonly value?: unknown } };
  if (!Array.isArray(uris?.value)) return [];
  return uris.value.flatMap((uri: unknown) => {
    try {
      return [fileURLToPath(String(uri))];
    } catch {
      return [];
    }
  });
}
