import type { Card, Pin, Reader } from '@sigill/core';
import { pinWords } from '../messages/failure-text.js';
import type { Texts } from '../messages/texts.js';
import { choiceItem } from './choice-item.js';
import { cardText, stateText } from './reader-words.js';
import type { MenuItem } from './tray.js';

export interface ReaderMenuOptions {
  /** Ids of commands that plugins offer. */
  readonly offered: ReadonlySet<string>;
  readonly texts: Texts;
  readonly now: Date;
}

type Action = 'verify' | 'change' | 'unlock';

/** The entry of one reader: a line when there is no card to act on, else a menu with what can be done with the card. */
export function readerItem(reader: Reader, name: string, options: ReaderMenuOptions): MenuItem {
  const { texts, now } = options;
  const label = texts.text('tray.menu.reader', { reader: name, state: stateText(reader, texts, now) });
  const { card } = reader;
  if (card === undefined) return choiceItem({ kind: 'show', place: 'devices' }, label);
  const title = choiceItem({ kind: 'show', place: 'devices' }, cardText(card, texts));
  const groups = [activation(card, options), ...card.pins.map((pin) => pinItems(card, pin, options))];
  const full = groups.filter((group) => group.length > 0);
  return {
    kind: 'menu',
    id: `reader:${reader.name}`,
    label,
    items: [title, ...full.flatMap((group) => [{ kind: 'separator' } as const, ...group])],
  };
}

function activation(card: Card, { offered, texts }: ReaderMenuOptions): readonly MenuItem[] {
  const command = 'activation.activate';
  if (card.activation === undefined || !offered.has(command)) return [];
  return [choiceItem({ kind: 'run', command, args: { card: card.id } }, texts.text('tray.menu.activate'))];
}

/** Verify, change, unlock; for a locked one unlock first, and the others cannot be chosen. Nothing for one that is not set yet. */
function pinItems(card: Card, pin: Pin, { offered, texts }: ReaderMenuOptions): readonly MenuItem[] {
  if (pin.state === 'not-set') return [];
  const locked = pin.state === 'locked';
  const order: readonly Action[] = locked ? ['unlock', 'verify', 'change'] : ['verify', 'change', 'unlock'];
  const canUnlock = card.puk !== undefined && card.puk.state !== 'locked';
  return order
    .filter((action) => offered.has(`pin.${action}`))
    .map((action) =>
      choiceItem(
        { kind: 'run', command: `pin.${action}`, args: { card: card.id, pin: pin.id } },
        texts.text(`tray.menu.${action}`, pinWords(texts, pin.id)),
        action === 'unlock' ? canUnlock : !locked,
      ),
    );
}
