import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Where a file lies. The name is bytes: Linux lets it be any but `/` and zero, not only UTF-8. */
export interface DocumentPlace {
  /** Absolute. */
  readonly folder: string;
  readonly name: Buffer;
}

const replacement = '\ufffd';
// C0, DEL, C1 and the bidirectional marks: a name must not steer a terminal, nor read otherwise than it is.
const steering = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The place of `path`, which may be relative to the working folder. Links on the way to it are followed by who opens it. */
export function placeOf(path: string): DocumentPlace {
  const whole = resolve(path);
  const folder = dirname(whole);
  const name = basename(whole);
  // Node.js hands over arguments as UTF-8: what is none has been replaced, and is found again when one name alone reads like it.
  if (name.includes(replacement) && !existsSync(whole)) {
    const alike = namesIn(folder).filter((one) => one.toString('utf8') === name);
    if (alike.length === 1 && alike[0]) return { folder, name: alike[0] };
  }
  return { folder, name: Buffer.from(name) };
}

/** What the file system is asked for. */
export function pathOf({ folder, name }: DocumentPlace): Buffer {
  return Buffer.concat([Buffer.from(folder.endsWith('/') ? folder : `${folder}/`), name]);
}

/** A name as it may be shown: one line that reads as it is. */
export function shownName(name: Buffer | string): string {
  return name.toString('utf8').replace(steering, replacement);
}

function namesIn(folder: string): readonly Buffer[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' });
  } catch {
    return [];
  }
}
