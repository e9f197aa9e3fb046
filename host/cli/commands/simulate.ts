import { resolve } from 'node:path';
import { Failure } from '@sigill/core';
import { cardNames, cardStates, createCard, parseCardName, type SimulatedCard, testCa } from '@sigill/core/sim';
import { askResident } from '../../resident/ask-resident.js';
import type { Texts } from '../../messages/texts.js';
import { connectToVpcd } from '../../simulate/connect-to-vpcd.js';
import { KeptCard } from '../../simulate/kept-card.js';
import type { Context } from '../context.js';
import type { AddCommand } from '../program.js';
import { socketOf } from './window.js';

interface SimulateOptions {
  readonly state?: string;
  readonly vpcd?: string;
  readonly file?: string;
  readonly ca?: boolean;
  /** The reader, or the first. */
  readonly remove?: string | true;
  readonly insert?: string | true;
}

/** `sigill simulate CARD [--state S] --vpcd HOST:PORT [--file F]`, `sigill simulate --ca`, `sigill simulate --remove|--insert [READER]` */
export const addSimulate: AddCommand = (program, texts, context) => {
  program
    .command('simulate')
    .description(texts.text('help.simulate'))
    .argument('[CARD]', cardNames.join(', '))
    .option('--state <STATE>', cardStates.join(', '))
    .option('--vpcd <HOST:PORT>', texts.text('help.simulate.vpcd'))
    .option('--file <FILE>', texts.text('help.simulate.file'))
    .option('--ca', texts.text('help.simulate.ca'))
    .option('--remove [READER]', texts.text('help.simulate.remove'))
    .option('--insert [READER]', texts.text('help.simulate.insert'))
    .action(async (name: string | undefined, options: SimulateOptions) => {
      const here = context();
      if (options.ca === true) tellCa(here);
      else if (options.remove !== undefined) await move(here, texts, 'remove', options.remove);
      else if (options.insert !== undefined) await move(here, texts, 'insert', options.insert);
      else if (name === undefined) throw new Failure('usage', { why: texts.text('usage.simulate') });
      else await connect(here, texts, name, options);
    });
};

function tellCa({ io, say }: Context): void {
  const { pem } = testCa().root;
  if (say.json) say.answer({ pem }, () => []);
  else io.output.write(pem.endsWith('\n') ? pem : `${pem}\n`);
}

/** In the host that runs, if its readers are simulated ones. */
async function move(here: Context, texts: Texts, action: 'remove' | 'insert', reader: string | true): Promise<void> {
  await askResident(socketOf(here), { kind: 'simulate', action, reader: reader === true ? '' : reader });
  here.say.answer({ action }, () => [texts.text('simulate.moved')]);
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
