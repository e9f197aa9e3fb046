import { createHash, X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileBar } from '@sigill/core';
import type { Secret } from '../pin/secret.js';
import { commonName } from './certificate-key.js';
import { databaseFiles, withDatabaseCopy } from './database-copy.js';
import { withoutLibraries } from './module-entry.js';
import { runTool } from './nss-tools.js';
import { ownEnvironment } from './own-libraries.js';
import type { Workshop } from './workshop.js';

/** A CA certificate that a database is to have. */
export interface Authority {
  readonly der: Uint8Array;
  /** True to let it vouch for mail; never for web sites. */
  readonly trusted: boolean;
}

/** One that was added, or whose trust was widened: then `before` is what it was trusted for. */
export interface AddedAuthority {
  readonly nickname: string;
  readonly before?: string;
}

/** A database with authorities. */
export interface WithAuthorities {
  /** The database's files as they become; none when all is there already, or when something is in the way. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly added: readonly AddedAuthority[];
  /** Those that were not there, or not trusted. */
  readonly missing: readonly Authority[];
  readonly bar?: Extract<ProfileBar, 'password' | 'tool' | 'unreadable'>;
}

export interface DatabaseAt extends Workshop {
  readonly folder: string;
  readonly modules: string;
}

/** The authorities that a database lacks, and its files with them. Works on a copy; says why when it cannot. */
export async function withAuthorities(
  { folder, modules, ...workshop }: DatabaseAt,
  wanted: readonly Authority[],
  password?: Secret,
): Promise<WithAuthorities> {
  return await withDatabaseCopy(workshop.scratch, folder, withoutLibraries(modules), async (copy) => {
    const { environment } = workshop;
    const runIn = (where: NodeJS.ProcessEnv) => (words: readonly string[], secret?: Secret) =>
      runTool('certutil', ['-d', `sql:${copy}`, ...words], { ...workshop, environment: where }, { password: secret });
    const barred = (bar: NonNullable<WithAuthorities['bar']>, missing = wanted): WithAuthorities => ({
      files: new Map(),
      added: [],
      missing,
      bar,
    });
    const own = await ownEnvironment(folder, environment);
    let run = runIn(own);
    let listed = await run(['-L']);
    // Another build of the tool may not fit the program's libraries.
    if (own !== environment && listed?.code !== 0) listed = await (run = runIn(environment))(['-L']);
    if (listed === undefined) return barred('tool');
    if (listed.code !== 0) return barred('unreadable');
    const present = await presentIn(
      listed.output,
      async (nickname) => (await run(['-L', '-n', nickname, '-a']))?.output ?? '',
    );
    const missing = wanted.filter((one) => !isThere(present.get(digestOf(one.der)), one));
    const added: AddedAuthority[] = [];
    for (const { der, trusted } of missing) {
      const known = present.get(digestOf(der));
      const nickname = known?.nickname ?? nicknameOf(der);
      const file = join(copy, 'authority.der');
      await writeFile(file, der);
      const change = known ? ['-M', '-n', nickname] : ['-A', '-n', nickname, '-i', file];
      const result = await run([...change, '-t', trusted ? mailTrust(known?.trust) : ',,'], password);
      if (result?.code !== 0)
        return barred(/password/i.test(result?.errors ?? '') ? 'password' : 'unreadable', missing);
      added.push({ nickname, ...(known && { before: known.trust }) });
    }
    const files = new Map<string, Buffer>();
    if (missing.length > 0) for (const name of databaseFiles) files.set(name, await readFile(join(copy, name)));
    return { files, added, missing };
  });
}

/** The database's file `cert9.db` without what was added. Undefined when nothing of it is left in it, or the tool is missing. */
export async function withoutAuthorities(
  { folder, modules, ...workshop }: DatabaseAt,
  added: readonly AddedAuthority[],
): Promise<ReadonlyMap<string, Buffer> | undefined> {
  return await withDatabaseCopy(workshop.scratch, folder, withoutLibraries(modules), async (copy) => {
    let changed = false;
    for (const { nickname, before } of added) {
      const change = before === undefined ? ['-D', '-n', nickname] : ['-M', '-n', nickname, '-t', before];
      const result = await runTool('certutil', ['-d', `sql:${copy}`, ...change], workshop);
      changed ||= result?.code === 0;
    }
    if (!changed) return undefined;
    return new Map(
      await Promise.all(databaseFiles.map(async (name) => [name, await readFile(join(copy, name))] as const)),
    );
  });
}

interface Present {
  readonly nickname: string;
  readonly trust: string;
}

/** Certificates of `certutil -L` by digest. */
async function presentIn(
  list: string,
  pem: (nickname: string) => Promise<string>,
): Promise<ReadonlyMap<string, Present>> {
  const found = new Map<string, Present>();
  for (const [, nickname = '', trust = ''] of list.matchAll(/^(\S.*?) +([a-zA-Z]*,[a-zA-Z]*,[a-zA-Z]*) *$/gm)) {
    if (trust.startsWith('SSL')) continue;
    const [text] = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(await pem(nickname)) ?? [];
    if (text !== undefined) found.set(digestOf(new X509Certificate(text).raw), { nickname, trust });
  }
  return found;
}

function isThere(present: Present | undefined, { trusted }: Authority): boolean {
  return present !== undefined && (!trusted || (present.trust.split(',')[1] ?? '').includes('C'));
}

/** `C` for mail beside what it is trusted for. */
function mailTrust(before = ',,'): string {
  const [web = '', mail = '', code = ''] = before.split(',');
  return [web, mail.includes('C') ? mail : `${mail}C`, code].join(',');
}

function nicknameOf(der: Uint8Array): string {
  return `${commonName(der)
    .replace(/[^\p{L}\p{N} ._-]/gu, ' ')
    .slice(0, 60)} (Sigill ${digestOf(der).slice(0, 8)})`;
}

function digestOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}
