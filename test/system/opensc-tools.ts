import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CardName, type CardOptions, type CardState, createCard, type SimulatedCard } from '@sigill/core/sim';
import { connectToVpcd } from '../../host/simulate/connect-to-vpcd.js';
import { pcscDaemon, virtualReaders } from './pcscd.js';
import { quickPorts } from './quick-ports.js';

/** What a program said and how it ended. */
export interface Outcome {
  readonly exit: number;
  readonly text: string;
}

/** Debian's OpenSC before a pcscd of its own, with a simulated card in the virtual reader. */
export interface OpenscDesk {
  /** Puts a card in and waits until OpenSC sees it. */
  insert(name: CardName, state?: CardState, options?: CardOptions): Promise<SimulatedCard>;
  /** Pulls the card out. */
  remove(): Promise<void>;
  /** Runs a program of OpenSC's, or openssl. */
  run(program: string, ...args: readonly string[]): Promise<Outcome>;
  /** A path in a folder that goes away with the desk; with `content`, the file is written. */
  file(name: string, content?: Uint8Array | string): string;
  dispose(): Promise<void>;
}

// Its default driver reads any card with ISO 7816-15 files; public files are kept.
const configuration = `app default {
  enable_default_driver = true;
  framework pkcs15 { use_file_caching = public; }
}
`;

/** Sets the desk up. */
export async function openscDesk(): Promise<OpenscDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-opensc-'));
  const daemon = await pcscDaemon();
  const quick = await quickPorts(daemon);
  let pulled = new AbortController();
  let ended: Promise<void> | undefined;
  let home = join(folder, 'home');

  const file = (name: string, content?: Uint8Array | string): string => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
  const environment = (): NodeJS.ProcessEnv => {
    const { XDG_CACHE_HOME: _shared, ...rest } = process.env;
    return { ...rest, ...daemon.env, HOME: home, OPENSC_CONF: join(folder, 'opensc.conf'), LC_ALL: 'C.UTF-8' };
  };
  const run = (program: string, ...args: readonly string[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      execFile(program, args, { env: environment(), encoding: 'utf8' }, (error, out, err) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ exit: typeof error?.code === 'number' ? error.code : 0, text: out + err });
      });
    });

  async function remove(): Promise<void> {
    pulled.abort();
    await ended;
    ended = undefined;
  }

  let cards = 0;
  file('opensc.conf', configuration);
  await daemon.start();
  return {
    run,
    file,
    remove,
    async insert(name, state, options) {
      await remove();
      pulled = new AbortController();
      // Two cards with one serial number are not to be taken for each other.
      home = join(folder, `home-${++cards}`);
      mkdirSync(home);
      const card = createCard(name, state, options);
      const session = await connectToVpcd({ host: '127.0.0.1', port: quick.ports[0], card, signal: pulled.signal });
      ended = session.ended;
      await run('opensc-tool', '--wait', '--reader', virtualReaders[0], '--atr');
      return card;
    },
    async dispose() {
      await remove();
      await quick.dispose();
      await daemon.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
