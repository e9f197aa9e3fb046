import type { Clock } from './clock.js';
import type { MiniClient, MiniPackage, MiniReader } from './pcsc-mini-types.js';
import { readerState } from './presences.js';
import type { ServiceReport, StartWatching } from './service-watch.js';

/** Asks the card in a reader for its answer to reset; `mute` for a card that gives none. */
export type AskAtr = (reader: MiniReader) => Promise<{ readonly atr?: Uint8Array; readonly mute?: boolean }>;

// pcsc-mini tells readers one by one and never how many: those that there are come within this time of each other.
const quiet = 40;
const quietWithoutReaders = 200;
// libpcsclite forgets a cancel that comes while it takes in a change, and `stop` then blocks this program for up to a minute:
// it is called once the changes that our own disconnects make have passed.
const beforeStop = 50;

// A client that could not stop tries again when it is collected as garbage, and its exception then ends the program: it is kept for ever.
const unstopped = new Set<MiniClient>();

/** A client at work; `renew` gives it up for a new one. */
export interface MiniAtWork {
  readonly client: MiniClient;
  renew(why: string): void;
}

/** Watches readers by a client of pcsc-mini; `use` gets the client while it lives. */
export function watchByMini(
  mini: MiniPackage,
  clock: Clock,
  askAtr: AskAtr,
  use: (client: MiniAtWork | undefined) => void,
): StartWatching {
  return (report) => {
    const client = new mini.Client();
    const end = new AbortController();
    const settled = settle(clock, end.signal, () => report.changed());
    client.on('error', (error) => report.died(error.message));
    client.on('reader', (reader) => follow(reader, report, askAtr, settled));
    client.start();
    use({ client, renew: (why) => report.died(why) });
    return {
      async end() {
        end.abort();
        use(undefined);
        await clock.pause(beforeStop);
        try {
          client.stop();
        } catch {
          // It throws when the service has ended before it, which is often why we stop.
          unstopped.add(client);
        }
      },
    };
  };
}

interface Settled {
  /** Events of a client that was given up come late, and must not be taken for the next one's. */
  readonly over: boolean;
  /** Something was heard; `true` while more about it is on its way. */
  heard(asking: 1 | 0 | -1): void;
}

function follow(reader: MiniReader, { presences }: ServiceReport, askAtr: AskAtr, settled: Settled): void {
  const name = reader.name();
  reader.on('change', ({ raw }) => {
    if (settled.over) return;
    // Of the answer to reset that comes with the event only the length is right: the card is asked itself.
    const insertion = presences.update(name, raw);
    const mute = (raw & readerState.mute) !== 0;
    if (insertion === undefined || mute) return settled.heard(0);
    settled.heard(1);
    void askAtr(reader).then((found) => {
      presences.complete(name, insertion, found);
      settled.heard(-1);
    });
  });
  reader.on('disconnect', () => {
    if (settled.over) return;
    presences.leave(name);
    settled.heard(0);
  });
}

/** Tells changes: at first once all is quiet, later at each that is complete. */
function settle(clock: Clock, signal: AbortSignal, changed: () => void): Settled {
  let asking = 0;
  let first = true;
  let waiting = new AbortController();
  const wait = async (milliseconds: number): Promise<void> => {
    waiting.abort();
    const mine = (waiting = new AbortController());
    await clock.pause(milliseconds, AbortSignal.any([mine.signal, signal]));
    if (mine.signal.aborted || signal.aborted || asking > 0) return;
    first = false;
    changed();
  };
  void wait(quietWithoutReaders);
  return {
    get over() {
      return signal.aborted;
    },
    heard(more) {
      asking += more;
      if (first) void wait(quiet);
      else if (!signal.aborted) changed();
    },
  };
}
