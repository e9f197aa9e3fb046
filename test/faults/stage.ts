import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Card, CardId, Pin, PinId, Reader, ReaderStatus } from '@sigill/core';
import { type CachedCard, type CardCache, type CardProfile, isCachedCard, parseProfile } from '@sigill/core/card';
import {
  type CardName,
  type CardState,
  createCard,
  personalities,
  type SimulatedCard,
  type SimulatedKeypad,
  SimulatedReaders,
} from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import { CardService } from '../../host/cards/card-service.js';
import { PinBroker } from '../../host/pin/broker.js';
import { logTo } from './scene.js';
import type { PinPrompt } from '../../host/pin/prompt.js';
import { WatchedReaders } from './watched-readers.js';

const reader = 'Reader 1';

/** The profiles of the bundled plugins. */
export const profiles: readonly CardProfile[] = ['fineid', 'myeid'].flatMap((plugin) => {
  const folder = fileURLToPath(new URL(`../../plugins/${plugin}/profiles`, import.meta.url));
  return readdirSync(folder).map((file) => parseProfile(JSON.parse(readFileSync(join(folder, file), 'utf8')), file));
});

/** A whole host's room for cards and PINs, over a simulated card in a simulated reader. */
export interface Stage {
  readonly card: SimulatedCard;
  readonly simulated: SimulatedReaders;
  readonly watched: WatchedReaders;
  readonly cards: CardService;
  readonly broker: PinBroker;
  readonly id: CardId;
  /** Everything that was logged. */
  readonly lines: string[];
  /** The card as the host sees it once it is at rest; put in again first when a fault pulled it out. */
  settled(): Promise<Card>;
  close(): Promise<void>;
}

/** Opens a stage with a card that has been read, in a reader with a keypad if one is given. */
export async function openStage(
  name: CardName,
  state: CardState,
  prompt: PinPrompt,
  keypad?: SimulatedKeypad,
): Promise<Stage> {
  const simulated = new SimulatedReaders();
  const card = createCard(name, state);
  const watched = new WatchedReaders(simulated);
  const lines: string[] = [];
  const cards = new CardService(watched, profiles, memoryCache(), logTo(lines), { clock: atOnce });
  simulated.addReader(reader, keypad === undefined ? {} : { control: keypad.control });
  simulated.insert(reader, card);
  const settled = async (): Promise<Card> => {
    if (simulated.card(reader) === undefined) simulated.insert(reader, card);
    const now = await firstValueFrom(
      cards.readers.pipe(
        map(theCard),
        filter((found) => found !== undefined),
      ),
    );
    // What waited in the queue (the PUK's counter, a reading after a fault) comes first.
    await cards.use(now.id, async () => undefined);
    return cards.card(now.id);
  };
  const { id } = await settled();
  const broker = new PinBroker(cards, prompt, logTo(lines));
  const close = async (): Promise<void> => {
    cards.dispose();
    await simulated.close();
  };
  return { card, simulated, watched, cards, broker, id, lines, settled, close };
}

/** What the chip itself holds of its PINs and its PUK, in the host's terms. */
export function truth(
  card: SimulatedCard,
  name: CardName,
  state: CardState,
): Partial<Record<PinId, Pick<Pin, 'state' | 'triesLeft'>>> {
  const { pin1, pin2, puk } = personalities[name].pins;
  const told = ({ reference }: { readonly reference: number }): Pick<Pin, 'state' | 'triesLeft'> => {
    const found = card.pins.get(reference);
    if (found === undefined) throw new Error(`No PIN ${reference} in the chip`);
    if (!found.set) return { state: 'not-set' };
    if (found.triesLeft === 0) return { state: 'locked', triesLeft: 0 };
    const single = state === 'new-b' && reference !== puk.reference && !found.changed;
    return { state: single ? 'not-set' : 'ok', triesLeft: found.triesLeft };
  };
  return { PIN1: told(pin1), PIN2: told(pin2), PUK: told(puk) };
}

/** What the host says of the same. */
export function belief({ pins, puk }: Card): Partial<Record<PinId, Pick<Pin, 'state' | 'triesLeft'>>> {
  const all = [...pins, ...(puk === undefined ? [] : [puk])];
  return Object.fromEntries(
    all.map(({ id, state, triesLeft }) => [id, { state, ...(triesLeft === undefined ? {} : { triesLeft }) }]),
  );
}

const resting: readonly ReaderStatus[] = [
  'ready',
  'not-activated',
  'half-activated',
  'pin-locked',
  'puk-locked',
  'no-certificate',
];

function theCard(readers: readonly Reader[]): Card | undefined {
  return readers.find(({ name, state }) => name === reader && resting.includes(state))?.card;
}

/** Pauses end at once, and everything else that waits gets its turn. */
const atOnce = { pause: () => new Promise<void>((resolve) => setImmediate(resolve)) };

/** Shared by all stages, so that a card is read whole only once. */
const kept: CachedCard[] = [];

function memoryCache(): CardCache {
  return {
    find: (profile, length, head) => kept.find((card) => isCachedCard(card, profile, length, head)),
    keep: (card) => void kept.push(card),
  };
}
