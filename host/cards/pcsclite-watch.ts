import type { LiteClient, LitePackage, LiteReader } from './pcsclite-types.js';
import type { ServiceReport, StartWatching } from './service-watch.js';

/** The readers of one life of the service. */
export type LiteReaders = ReadonlyMap<string, LiteReader>;

/** Watches readers by a client of pcsclite; `use` gets the readers while it lives. */
export function watchByLite(open: LitePackage, use: (readers: LiteReaders | undefined) => void): StartWatching {
  return (report) => {
    const client = open();
    const readers = new Map<string, LiteReader>();
    // Its threads use a reader's memory until the reader has ended: it is kept alive until then.
    const kept = new Set<LiteReader>();
    let over = false;
    let awaited: Set<string> | undefined;
    // Events of a client that was given up come late, and must not be taken for the next one's.
    const heard = (name: string, learn: () => void): void => {
      if (over) return;
      learn();
      awaited?.delete(name);
      if (awaited?.size === 0) report.changed();
    };
    client.on('error', (error) => report.died(error.message));
    client.on('reader', (reader) => {
      readers.set(reader.name, reader);
      kept.add(reader);
      follow(reader, report, heard, () => {
        if (readers.get(reader.name) === reader) readers.delete(reader.name);
        setImmediate(() => kept.delete(reader));
      });
    });
    whenListed(client, () => {
      awaited ??= new Set(readers.keys());
      heard('', () => undefined);
    });
    use(readers);
    return {
      async end() {
        over = true;
        use(undefined);
        // Closing inside one of its events would wait for itself.
        await new Promise(setImmediate);
        for (const reader of readers.values()) reader.close();
        client.close();
      },
    };
  };
}

type Heard = (name: string, learn: () => void) => void;

function follow(reader: LiteReader, { presences }: ServiceReport, heard: Heard, ended: () => void): void {
  const { name } = reader;
  reader.on('status', ({ state, atr }) =>
    heard(name, () => presences.update(name, state, atr && atr.length > 0 ? new Uint8Array(atr) : undefined)),
  );
  // The client tells the same, and the end follows.
  reader.on('error', () => undefined);
  reader.on('end', () => {
    ended();
    heard(name, () => presences.leave(name));
  });
}

/** Calls back after each list of readers, as pcsclite makes one at its start and after each change, also an empty one. */
function whenListed(client: LiteClient, listed: () => void): void {
  const start = client.start.bind(client);
  client.start = (listener) =>
    start((error, names) => {
      listener(error, names);
      if (!error) listed();
    });
}
