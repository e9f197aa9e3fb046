import {
  type CardDetails,
  type Certificate,
  inLanguage,
  type Key,
  type Pin,
  type Reader,
  type ReaderStatus,
} from '@sigill/core';
import { nextStep, pinName, pinState, validity } from '../../messages/card-words.js';
import { pinWords } from '../../messages/failure-text.js';
import type { Texts } from '../../messages/texts.js';
import { dots } from './dots.js';
import { columns, cut, padded, wrapped } from './lines.js';
import type { Paint } from './paint.js';

/** What a person is shown of a reader: its state, its card, and what to do next. */
export interface ReaderViewOptions {
  readonly texts: Texts;
  readonly paint: Paint;
  readonly width: number;
  /** Now, for what has expired. */
  readonly now: Date;
  readonly details?: CardDetails | undefined;
}

type Row = readonly [left: string, right: string];

const marks: Readonly<Record<ReaderStatus, string>> = {
  empty: '○',
  reading: '…',
  ready: '●',
  'not-activated': '✎',
  'half-activated': '✎',
  'pin-locked': '■',
  'puk-locked': '■',
  'no-certificate': '!',
  unrecognised: '?',
  error: '!',
};

/** The lines of one reader. */
export function readerView(reader: Reader, options: ReaderViewOptions): readonly string[] {
  const { texts, paint, width } = options;
  const emphasis = emphasisOf(reader.state, paint);
  const state = `${marks[reader.state]} ${texts.text(`reader.${reader.state}`)}`;
  const name = cut(reader.name, Math.max(12, width - 2 - columns(state)));
  const head = `${paint.strong(name)}  ${emphasis(state)}`;
  const advice = nextStep(reader, texts).flatMap((text) => wrapped(text, width, '  → '));
  return [head, ...(reader.card === undefined ? [] : cardLines(reader, options)), ...advice];
}

function cardLines({ card }: Reader, options: ReaderViewOptions): readonly string[] {
  if (card === undefined) return [];
  const { texts, paint, details, width } = options;
  const { language } = texts;
  const serial = card.serial ?? details?.serial;
  const identity = [
    inLanguage(card.label, language),
    ...(card.holder === undefined ? [] : [card.holder]),
    ...(serial === undefined ? [] : [texts.text('cards.serial', { serial })]),
  ];
  const pins = [...card.pins, ...(card.puk === undefined ? [] : [card.puk])];
  const certificate = (found: Certificate): Row => certificateRow(found, options);
  return [
    ...wrapped(identity.join(' · '), width, '  '),
    ...group(
      texts.text('cards.codes'),
      pins.map((pin) => pinRow(pin, options)),
      options,
    ),
    ...group(texts.text('cards.certificates'), card.certificates.map(certificate), options),
    ...(details === undefined
      ? []
      : [
          ...group(texts.text('cards.ca-certificates'), details.caCertificates.map(certificate), options),
          ...group(
            texts.text('cards.keys'),
            details.keys.map((key) => keyRow(key, options)),
            options,
          ),
        ]),
    ...notes([...card.notes, ...(details?.notes ?? [])], texts, paint, width),
  ];
}

function pinRow(pin: Pin, { texts, paint }: ReaderViewOptions): Row {
  return [pinName(pin, texts), `${paint.faint(padded(dots(pin), 5))}  ${pinText(pin, texts, paint)}`];
}

function pinText(pin: Pin, texts: Texts, paint: Paint): string {
  const { text, tone } = pinState(pin, texts);
  if (tone !== undefined) return paint[tone](text);
  return pin.triesLeft === undefined ? paint.faint(text) : text;
}

function certificateRow(certificate: Certificate, { texts, paint, now }: ReaderViewOptions): Row {
  const { text, tone } = validity(certificate, texts, now);
  const name = `${certificate.id}  ${inLanguage(certificate.label, texts.language)}`;
  return [name, tone === undefined ? text : paint[tone](text)];
}

function keyRow(key: Key, { texts }: ReaderViewOptions): Row {
  const kind = texts.text('cards.bits', { algorithm: key.algorithm, size: key.size });
  const words = key.pin === undefined ? kind : texts.text('cards.key', { kind, ...pinWords(texts, key.pin) });
  return [`${key.id}  ${inLanguage(key.label, texts.language)}`, words];
}

/** A heading and its rows in two columns; one below the other where the window is narrow. */
function group(title: string, rows: readonly Row[], { paint, width, texts }: ReaderViewOptions): readonly string[] {
  const heading = `  ${paint.strong(title)}`;
  if (rows.length === 0) return [`${heading}  ${paint.faint(texts.text('cards.none'))}`];
  const left = Math.max(...rows.map(([text]) => columns(text)));
  const right = Math.max(...rows.map(([, text]) => columns(text)));
  const narrow = 4 + left + 2 + right > width;
  const lines = rows.flatMap(([name, text]) =>
    narrow
      ? [...wrapped(name, width, '    '), ...wrapped(text, width, '      ')]
      : [`    ${padded(name, left)}  ${text}`],
  );
  return [heading, ...lines];
}

function notes(found: readonly string[], texts: Texts, paint: Paint, width: number): readonly string[] {
  if (found.length === 0) return [];
  const lines = found.flatMap((note) => wrapped(note, width, '    · '));
  return [`  ${paint.strong(texts.text('cards.notes'))}`, ...lines.map((line) => paint.faint(line))];
}

function emphasisOf(state: ReaderStatus, paint: Paint): (text: string) => string {
  if (state === 'ready') return paint.good;
  if (state === 'empty' || state === 'reading') return paint.faint;
  return state === 'not-activated' || state === 'half-activated' ? paint.warning : paint.bad;
}
