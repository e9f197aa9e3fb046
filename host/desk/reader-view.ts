import { type Activation, type Card, type CardDetails, inLanguage, type Reader } from '@sigill/core';
import { nextStep, triesText } from '../messages/card-words.js';
import type { Texts } from '../messages/texts.js';
import { expiring, readerIcon } from '../tray/status-icon.js';
import type { ActionView, FactView } from '../window/view/action-view.js';
import type { CardView, ReaderView } from '../window/view/reader-view.js';
import { action, type Offered } from './action.js';
import { certificateView } from './certificate-view.js';
import { keyView } from './key-view.js';
import { pinView } from './pin-view.js';

export interface ReaderViewNeeds {
  readonly texts: Texts;
  readonly offered: Offered;
  readonly now: Date;
  /** What was read of the card beside its public state. */
  readonly details?: CardDetails | undefined;
  /** What this program is, for a report. */
  readonly program: Readonly<Record<string, string>>;
}

/** A reader with its card, in words. */
export function readerView(reader: Reader, needs: ReaderViewNeeds): ReaderView {
  const { texts, now } = needs;
  const { name, state, card, busy } = reader;
  const icon = readerIcon(reader, now);
  const words = busy === true ? 'busy' : icon === 'expiring' ? 'expiring' : state;
  return {
    name,
    icon,
    state: texts.text(`state.${words}`),
    advice: advice(reader, texts, now),
    actions: card === undefined ? [] : activation(card, needs),
    ...(card === undefined ? {} : { card: cardView(card, needs) }),
    ...activationCode(card?.activation, texts),
    ...(state === 'unrecognised' || state === 'error' ? { report: report(reader, needs) } : {}),
  };
}

function advice(reader: Reader, texts: Texts, now: Date): readonly string[] {
  const { state } = reader;
  const ending = expiring(reader, now);
  return [
    // The state itself says so.
    ...(state === 'ready' || state === 'reading' ? [] : nextStep(reader, texts)),
    ...(ending === undefined
      ? []
      : [
          texts.text('advice.expiring', {
            label: inLanguage(ending.label, texts.language),
            date: texts.day(ending.notAfter),
          }),
        ]),
    ...(state === 'unrecognised' || state === 'error' ? [texts.text('advice.try')] : []),
    ...(state === 'error' ? [texts.text('advice.unchanged')] : []),
  ];
}

function activation(card: Card, { offered, texts }: ReaderViewNeeds): readonly ActionView[] {
  if (card.activation === undefined || card.activation.missing.length === 0) return [];
  const begun = card.pins.some(({ state }) => state !== 'not-set');
  const label = texts.text(begun ? 'action.finish' : 'action.activate');
  return action(offered, texts, 'activation.activate', { card: card.id }, label);
}

/** Tries of the code in the letter, before anything is typed. */
function activationCode(activation: Activation | undefined, texts: Texts): Pick<ReaderView, 'activationCode'> {
  if (activation === undefined || activation.missing.length === 0) return {};
  const { codeTriesLeft: triesLeft, codeTriesMax: triesMax } = activation;
  const few = triesLeft !== undefined && triesLeft <= 2;
  const activationCode = {
    tries: triesText(triesLeft, triesMax, texts).text,
    ...(triesLeft === undefined ? {} : { triesLeft }),
    ...(triesMax === undefined ? {} : { triesMax }),
    ...(few ? { warning: texts.text('advice.last-code', { left: triesLeft }) } : {}),
  };
  return { activationCode };
}

function cardView(card: Card, { texts, offered, now, details }: ReaderViewNeeds): CardView {
  const serial = card.serial ?? details?.serial;
  const pins = [...card.pins, ...(card.puk === undefined ? [] : [card.puk])];
  return {
    id: card.id,
    title: inLanguage(card.label, texts.language),
    ...(card.holder === undefined ? {} : { holder: card.holder }),
    ...(serial === undefined ? {} : { serial }),
    pins: pins.map((pin) => pinView(card, pin, offered, texts)),
    certificates: card.certificates.map((one) => certificateView(card, one, false, offered, texts, now)),
    ...(details === undefined
      ? {}
      : {
          caCertificates: details.caCertificates.map((one) => certificateView(card, one, true, offered, texts, now)),
          keys: details.keys.map((key) => keyView(card, key, offered, texts)),
        }),
    details: cardFacts(card, details, texts),
    notes: [...card.notes, ...(details?.notes ?? [])],
  };
}

function cardFacts({ profile, atr }: Card, details: CardDetails | undefined, texts: Texts): readonly FactView[] {
  const fact = (name: string, value: string): FactView => ({ name: texts.text(`fact.${name}`), value });
  return [
    fact('profile', profile),
    fact('atr', atr),
    ...(details?.label === undefined ? [] : [fact('label', details.label)]),
  ];
}

/** What was seen, for whoever helps: nothing of a holder, no number of a card. */
function report({ name, state, failure, busy }: Reader, { now, program }: ReaderViewNeeds): string {
  return JSON.stringify({ ...program, time: now.toISOString(), reader: name, state, busy, failure }, undefined, 2);
}
