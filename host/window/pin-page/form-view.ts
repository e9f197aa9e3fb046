import { inLanguage } from '@sigill/core';
import type { Texts } from '../../messages/texts.js';
import type { PinForm, SecretField, ShownDocuments } from '../../pin/prompt.js';
import { pageWords } from './page-words.js';
import type { PinPageField, PinPageView } from './view.js';

export interface FormView {
  readonly form: PinForm;
  /** Of `host/messages/pin-page`. */
  readonly texts: Texts;
  readonly key: string;
  readonly patience: number;
  readonly onReader: boolean;
}

/** What the page shows of a form. */
export function formView({ form, texts, key, patience, onReader }: FormView): PinPageView {
  const { language } = texts;
  const { operation, fields, atStake } = form;
  const { triesLeft: left, triesMax: max } = atStake;
  return {
    language,
    title: texts.text(`title.${operation}`),
    facts: facts(form, texts),
    ...(form.documents === undefined ? {} : { documents: documents(form.documents, texts) }),
    think: operation === 'activate' ? think(form, texts) : [],
    tries: {
      text: tries(form, texts),
      ...(left === undefined ? {} : { left }),
      ...(max === undefined ? {} : { max }),
    },
    ...(form.lastTries ? { lastTries: lastTries(form, texts) } : {}),
    onReader,
    fields: onReader ? [] : fields.map((field, at) => fieldView(form, field, at, texts)),
    steps: operation === 'activate' && !onReader ? steps(fields, texts) : [],
    key,
    patience,
    words: {
      ...pageWords(texts, patience),
      ok: texts.text(`ok.${operation}`),
      sent: texts.text(`sent.${operation === 'activate' ? 'activate' : 'other'}`),
      reader: onTheReader(form, texts),
    },
  };
}

function facts(form: PinForm, texts: Texts): PinPageView['facts'] {
  const { operation, requester, card, fields, documents: signing } = form;
  const { language } = texts;
  const { each, all = [] } = signing ?? {};
  const count = all.length;
  const own = each === undefined ? undefined : all[each];
  const codes = [...new Set(fields.map(({ label }) => inLanguage(label, language)))];
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['requester', requester],
    ['purpose', signing ? texts.text('purpose.documents', { count }) : texts.text(`purpose.${operation}`)],
    ['document', own && texts.text('document.at', { name: own.name, at: (each ?? 0) + 1, count })],
    ['code', operation === 'activate' ? undefined : texts.list(codes)],
    ['card', inLanguage(card.label, language)],
    ['holder', card.holder],
    ['serial', card.serial],
    ['reader', card.reader],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [{ name: texts.text(`fact.${name}`), value }]));
}

function documents({ all, each }: ShownDocuments, texts: Texts): NonNullable<PinPageView['documents']> {
  const count = all.length;
  return {
    title: texts.text('documents.title', { count }),
    items: all.map(({ name, sha256: digest }) => ({ name, digest })),
    ...(each === undefined ? {} : { each: texts.text('documents.each', { count }) }),
  };
}

function think({ fields }: PinForm, texts: Texts): readonly string[] {
  const codes = fields.filter(({ kind }) => kind === 'new').map((field) => inLanguage(field.label, texts.language));
  return [texts.text('think', { count: codes.length, codes: texts.list(codes) }), texts.text('think.time')];
}

function tries({ atStake: { triesLeft: left, triesMax: max } }: PinForm, texts: Texts): string {
  if (left === undefined) return texts.text('tries.unknown');
  return max === undefined ? texts.text('tries.only', { left }) : texts.text('tries', { left, max });
}

/** What happens at zero: a PIN can be unlocked, a PUK or activation code cannot. */
function lastTries({ atStake, fields }: PinForm, texts: Texts): NonNullable<PinPageView['lastTries']> {
  const { triesLeft } = atStake;
  const left = triesLeft ?? 'unknown';
  const judged = fields.find(({ kind }) => kind !== 'new' && kind !== 'again');
  const lost = judged?.kind === 'current' ? 'last.locked' : 'last.forever';
  const label = judged === undefined ? '' : secretName(judged, texts);
  return {
    title: texts.text('last.title', { left }),
    lines: [texts.text(lost, { left, label }), texts.text('last.sure')],
  };
}

function fieldView(form: PinForm, field: SecretField, at: number, texts: Texts): PinPageField {
  const { kind, minLength, maxLength, role, pin } = field;
  const digits = minLength === maxLength ? `${minLength}` : `${minLength}–${maxLength}`;
  const name = inLanguage(field.label, texts.language);
  // Beside new codes it is the current one; alone it is simply the code.
  const isAlone = kind === 'current' && form.fields.length === 1;
  const label = isAlone ? capital(name, texts) : texts.text(`field.${kind}`, { label: name });
  const purpose = kind === 'new' && texts.has(`role.${role}`) ? ` ${texts.text(`role.${role}`)}` : '';
  const first = form.fields.findIndex((each) => each.kind === 'new' && each.pin === pin);
  return {
    kind,
    label,
    help: `${texts.text('digits', { digits })}${purpose}`,
    minLength,
    maxLength,
    ...(kind === 'again' && first >= 0 && first < at ? { repeats: first } : {}),
    words: {
      length: texts.text('check.length', { digits }),
      missing: texts.text('why.missing', { field: label }),
      wrong: texts.text('why.wrong', { field: label }),
    },
  };
}

const capital = (text: string, { language }: Texts): string =>
  text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

function secretName({ kind, label }: SecretField, texts: Texts): string {
  return kind === 'current' ? inLanguage(label, texts.language) : texts.text(`name.${kind}`);
}

function steps(fields: readonly SecretField[], texts: Texts): PinPageView['steps'] {
  const at = (test: (field: SecretField) => boolean): readonly number[] =>
    fields.flatMap((field, index) => (test(field) ? [index] : []));
  const chosen = fields.filter(({ kind }) => kind === 'new');
  return [
    { label: texts.text('step.letter'), fields: at(({ kind }) => kind === 'code') },
    ...chosen.map(({ pin, role, label }) => ({
      label: texts.has(`step.${role}`) ? texts.text(`step.${role}`) : inLanguage(label, texts.language),
      fields: at((field) => field.pin === pin && (field.kind === 'new' || field.kind === 'again')),
    })),
    { label: texts.text('step.done'), fields: [] },
  ];
}

/** What to type on the reader, in which order. */
function onTheReader({ operation, fields: [first] }: PinForm, texts: Texts): string {
  const key = `reader.${operation}`;
  if (!texts.has(key) || first === undefined) return texts.text('reader');
  const { minLength, maxLength } = first;
  return texts.text(key, { digits: minLength === maxLength ? `${minLength}` : `${minLength}–${maxLength}` });
}
