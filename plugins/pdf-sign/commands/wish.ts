import type { CardId, CommandArguments, DocumentId, Language, Settings } from '@sigill/core';
import { firstValueFrom } from 'rxjs';
import { parsePlace, type SeenPlace } from '../appearance/seen-place.js';
import { isLevel, type Level, reaches } from './levels.js';
import { type Passwords, passwordsIn } from './passwords.js';
import { Refusal } from './refusal.js';

/** What a person wants of a signature, checked; what was left out comes from the settings. */
export interface Wish {
  readonly documents: readonly DocumentId[];
  readonly card?: CardId | undefined;
  /** Id of a certificate, or the beginning of its SHA-256. */
  readonly certificate?: string | undefined;
  readonly level: Level;
  readonly tsa?: string | undefined;
  readonly format: 'pades' | 'pkcs7';
  readonly padding: 'PKCS1' | 'PSS';
  readonly reason?: string | undefined;
  readonly location?: string | undefined;
  readonly certify?: 1 | 2 | 3 | undefined;
  readonly field?: string | undefined;
  readonly place?: SeenPlace | undefined;
  readonly image?: DocumentId | undefined;
  /** Of documents, not of the card. */
  readonly passwordOf: Passwords;
  readonly language: Language;
}

/** Documents of one command: its answer must have room for what became of each. */
const mostDocuments = 400;

/** Reads the arguments of `pdf-sign.sign`; an empty one counts as left out. Fails with `Refusal`. */
export async function wishFrom(args: CommandArguments, settings: Settings, language: Language): Promise<Wish> {
  const or = async (key: string): Promise<string | undefined> =>
    textIn(args, key) ?? (await settingText(settings, key));
  const place = textIn(args, 'place');
  const seen = place === undefined ? undefined : parsePlace(place);
  if (place !== undefined && seen === undefined) throw new Refusal('sign.place-unclear', { place });
  const certify = textIn(args, 'certify');
  if (certify !== undefined && !/^[0-3]$/.test(certify)) throw new Refusal('sign.certify-unclear', { certify });
  const [image, field] = [textIn(args, 'image'), textIn(args, 'field')];
  if (image !== undefined && place === undefined && field === undefined) throw new Refusal('sign.image-nowhere');
  const format = textIn(args, 'format') ?? 'pades';
  if (format !== 'pades' && format !== 'pkcs7') throw new Refusal('sign.format-unclear', { format });
  return {
    documents: documentsIn(args),
    card: textIn(args, 'card'),
    certificate: textIn(args, 'certificate'),
    ...(await levelIn(args, settings)),
    format,
    padding: textIn(args, 'padding') === 'PSS' ? 'PSS' : 'PKCS1',
    reason: await or('reason'),
    location: await or('location'),
    certify: ([undefined, 1, 2, 3] as const)[Number(certify ?? 0)],
    field,
    place: seen,
    image,
    passwordOf: passwordsIn(args),
    language,
  };
}

/** Level and time-stamp authority: those that are named, else the settings'; without any, B-T where there is an authority. */
export async function levelIn(
  args: CommandArguments,
  settings: Settings,
): Promise<{ readonly level: Level; readonly tsa?: string | undefined }> {
  const tsa = textIn(args, 'tsa') ?? (await settingText(settings, 'tsa'));
  const named = textIn(args, 'level') ?? (await settingText(settings, 'level')) ?? 'auto';
  const level = named === 'auto' ? (tsa === undefined ? 'B-B' : 'B-T') : named;
  if (!isLevel(level)) throw new Refusal('sign.level-unclear', { level });
  if (reaches(level, 'B-T') && tsa === undefined) throw new Refusal('sign.tsa-missing', { level });
  return { level, tsa };
}

/** The documents of a command. Fails with `Refusal` when there are none, or too many. */
export function documentsIn(args: CommandArguments): readonly DocumentId[] {
  const { documents } = args;
  const ids = Array.isArray(documents) ? documents.filter((id): id is string => typeof id === 'string') : [];
  if (ids.length === 0) throw new Refusal('documents-none');
  if (ids.length > mostDocuments) throw new Refusal('documents-many', { count: ids.length, most: mostDocuments });
  return ids;
}

/** An argument that says something. */
export function textIn(args: CommandArguments, key: string): string | undefined {
  const value = args[key];
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? undefined : text;
}

async function settingText(settings: Settings, key: string): Promise<string | undefined> {
  const value = String(await firstValueFrom(settings.value(key))).trim();
  return value === '' ? undefined : value;
}
