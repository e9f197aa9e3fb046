import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Card, Language, Log } from '@sigill/core';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import { traced } from '../../cards/traced.js';
import type { Host } from '../../host.js';
import { findPaths } from '../../paths.js';
import { findPlugins } from '../../plugins/finder.js';
import { readProfiles } from '../../read-profiles.js';
import { wireHost } from '../../wiring.js';
import type { Context } from '../context.js';
import { settledReaders } from '../../reach/settled-readers.js';
import { DemoPerson } from './demo-person.js';

/** A whole host with one simulated reader, a new organisation card beside it, and a person who types. */
export interface Stage {
  readonly host: Host;
  readonly person: DemoPerson;
  readonly language: Language;
  /** Every line that the host logged. */
  readonly logged: readonly string[];
  /** Every APDU as a trace shows it. */
  readonly traced: readonly string[];
  insert(): void;
  /** The card as it is now, once nothing is going on. */
  card(): Promise<Card>;
}

const reader = 'Sigill Simulated Reader 00 00';

/** Lends a stage; its folders are temporary and gone afterwards, its plugins are the real ones in real processes. */
export async function onStage<T>({ io, texts }: Context, play: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sigill-demo-'));
  const home = { XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const paths = findPaths({ ...io.environment, ...home }, io.platform, folder);
  const logged: string[] = [];
  const trace: string[] = [];
  const readers = new SimulatedReaders();
  const simulated = createCard('fineid-org', 'new-a');
  const person = new DemoPerson();
  try {
    readers.addReader(reader);
    const plugins = await findPlugins(paths.plugins);
    const { profiles } = await readProfiles(plugins.plugins);
    const host = wireHost({
      paths,
      plugins,
      profiles,
      language: () => texts.language,
      log: memoryLog(logged),
      pcsc: traced(readers, (line) => trace.push(line)),
      prompt: person,
      requester: 'Sigill',
      signal: io.signal,
    });
    try {
      return await play({
        host,
        person,
        language: texts.language,
        logged,
        traced: trace,
        insert: () => readers.insert(reader, simulated),
        card: () =>
          firstValueFrom(
            settledReaders(host).pipe(
              map(([one]) => one?.card),
              filter(isCard),
            ),
          ),
      });
    } finally {
      await host.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const isCard = (card: Card | undefined): card is Card => card !== undefined;

function memoryLog(lines: string[]): Log {
  const keep = (line: string): void => void lines.push(line);
  return { debug: keep, info: keep, warn: keep, error: keep };
}
