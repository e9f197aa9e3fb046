import type { Card, Pin } from '@sigill/core';
import { pinName, pinState } from '../messages/card-words.js';
import type { Texts } from '../messages/texts.js';
import type { ActionView } from '../window/view/action-view.js';
import type { PinView } from '../window/view/reader-view.js';
import { action, type Offered } from './action.js';

/** A PIN of a card, with its tries in words and what can be done; for a locked one unlocking comes first. */
export function pinView(card: Card, pin: Pin, offered: Offered, texts: Texts): PinView {
  const { id, state, triesLeft, triesMax, minLength: min, maxLength: max } = pin;
  return {
    id,
    label: pinName(pin, texts),
    state,
    tries: pinState(pin, texts).text,
    ...(triesLeft === undefined ? {} : { triesLeft }),
    ...(triesMax === undefined ? {} : { triesMax }),
    lengths: texts.text(min === max ? 'pin.length' : 'pin.lengths', { min, max }),
    actions: id === 'PUK' ? [] : actions(card, pin, offered, texts),
  };
}

function actions(card: Card, { id, state }: Pin, offered: Offered, texts: Texts): readonly ActionView[] {
  const args = { card: card.id, pin: id };
  const noPuk = whyNoPuk(card, texts);
  // A locked code that nothing opens any more is not to be unlocked first.
  const why = state === 'ok' ? undefined : ((state === 'locked' ? noPuk : undefined) ?? texts.text(`why.${state}`));
  const make = (operation: string, reason?: string): readonly ActionView[] =>
    action(offered, texts, `pin.${operation}`, args, texts.text(`action.${operation}`), reason);
  const unlock = make('unlock', state === 'not-set' ? why : noPuk);
  const others = [...make('verify', why), ...make('change', why)];
  return state === 'locked' ? [...unlock, ...others] : [...others, ...unlock];
}

function whyNoPuk({ puk }: Card, texts: Texts): string | undefined {
  if (puk === undefined) return texts.text('why.no-puk');
  return puk.state === 'locked' ? texts.text('why.puk-locked') : undefined;
}
