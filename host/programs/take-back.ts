import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withoutAuthorities } from './authorities.js';
import type { KeptFile } from './journal.js';
import { withoutModule } from './module-entry.js';
import { preferenceOf, withPreference } from './preferences.js';
import type { Workshop } from './workshop.js';
import { writeBeside } from './write-beside.js';

/** Undoing is not broken off. */
export type TakeBack = Omit<Workshop, 'signal'>;

/** What was found of ours in a file that a program has written to since. */
export interface TakenBack {
  readonly outcome: 'mended' | 'untouched';
  /** Entries that somebody has changed since. */
  readonly kept?: readonly string[];
}

/** Takes only what the transaction put there out of a file; all that came since stays. */
export async function takeBack(options: TakeBack, { path, entries }: KeptFile, now: Buffer): Promise<TakenBack> {
  if (entries.kind === 'module') return await write(path, now, withoutModule(now.toString('utf8')));
  if (entries.kind === 'authorities') {
    const folder = dirname(path);
    const modules = await readFile(join(folder, 'pkcs11.txt'), 'utf8').catch(() => '');
    const files = await withoutAuthorities({ ...options, folder, modules }, entries.added);
    if (files === undefined) return { outcome: 'untouched' };
    for (const [name, bytes] of files) await writeBeside(join(folder, name), bytes);
    return { outcome: 'mended' };
  }
  if (entries.kind === 'companion') return { outcome: 'untouched' };
  if (entries.kind === 'whole') return { outcome: 'untouched', kept: [path] };
  let text = now.toString('utf8');
  const kept: string[] = [];
  for (const { name, before, after } of entries.set) {
    const value = preferenceOf(text, name);
    if (value === after) text = withPreference(text, name, before);
    else if (value !== before) kept.push(name);
  }
  return { ...(await write(path, now, text)), kept };
}

async function write(path: string, now: Buffer, text: string): Promise<TakenBack> {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.equals(now)) return { outcome: 'untouched' };
  await writeBeside(path, bytes);
  return { outcome: 'mended' };
}
