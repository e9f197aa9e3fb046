import { resolve } from 'node:path';
import { Failure } from '@sigill/core';
import { createCard, parseCardName, type SimulatedCard, testCa } from '@sigill/core/sim';
import type { Texts } from '../../messages/texts.js';
import { connectToVpcd } from '../../simulate/connect-to-vpcd.js';
import { KeptCard } from '../../simulate/kept-card.js';
import type { Context } from '../context.js';
import { askRunning } from '../ask-running.js';

export interface SimulateOptions {
  readonly state?: string;
  readonly vpcd?: string;
  readonly file?: string;
  readonly ca?: boolean;
  /** The reader, or the first. */
  readonly remove?: string | true;
  readonly insert?: string | true;
}

/** Puts a simulated card into vpcd until Ctrl-C, moves one in the host that runs, or writes the certificate of the test CA. */
export async function simulateCard(
  context: Context,
  name: string | undefined,
  options: SimulateOptions,
): Promise<void> {
  const { texts } = context;
  if (options.ca === true) tellCa(context);
  else if (options.remove !== undefined) await move(context, 'remove', options.remove);
  else if (options.insert !== undefined) await move(context, 'insert', options.insert);
  else if (name === undefined) throw new Failure('usage', { why: texts.text('usage.simulate') });
  else await connect(context, texts, name, options);
}

/** In the host that runs, if its readers are simulated ones. */
async function move(here: Context, action: 'remove' | 'insert', reader: string | true): Promise<void> {
  await askRunning(here, { kind: 'simulate', action, reader: reader === true ? '' : reader });
  here.say.answer({ action }, () => [here.texts.text('simulate.moved')]);
}

function tellCa({ io, say }: Context): void {
  const { pem } = testCa().root;
  if (say.json) say.answer({ pem }, () => []);
  else io.output.write(pem.endsWith('\n') ? pem : `${pem}\n`);
}

async function connect(context: Context, texts: Texts, card: string, options: SimulateOptions): Promise<void> {
  const { io, say } = context;
  const { host, port } = addressOf(options.vpcd, texts);
  const spec = options.state === undefined ? card : `${card}:${options.state}`;
  const { name, state } = parseCardName(spec);
  await withCard(
    options.file === undefined ? undefined : resolve(options.file),
    name,
    state,
    io.signal,
    async (simulated) => {
      const { ended } = await connectToVpcd({ host, port, card: simulated, signal: io.signal });
      const address = `${host}:${port}`;
      say.answer({ card: name, state, address }, () =>
        say.sentence(texts.text('simulate.connected', { card: spec, address })),
      );
      await ended;
    },
  );
}

type Made = ReturnType<typeof parseCardName>;

/** A card from its file, or one that is forgotten afterwards. */
async function withCard(
  path: string | undefined,
  name: Made['name'],
  state: Made['state'],
  signal: AbortSignal,
  use: (card: SimulatedCard) => Promise<void>,
): Promise<void> {
  if (path === undefined) return await use(createCard(name, state));
  const kept = await KeptCard.open(path, name, state, { signal });
  try {
    await use(kept.card);
  } finally {
    kept.dispose();
  }
}

function addressOf(text: string | undefined, texts: Texts): { readonly host: string; readonly port: number } {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(text ?? '') ?? [];
  if (host === '' || Number(port) > 65_535) throw new Failure('usage', { why: texts.text('usage.vpcd') });
  return { host, port: Number(port) };
}
