import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrialSignature } from '@sigill/core';
import { withDatabaseCopy } from './database-copy.js';
import type { FoundProfile } from './found-profile.js';
import { withModule, withoutLibraries } from './module-entry.js';
import { runTool } from './nss-tools.js';
import { ownEnvironment } from './own-libraries.js';
import type { TestOptions } from './test-profile.js';
import type { Workshop } from './workshop.js';

/** Milliseconds for a person to type a PIN, and a little more. */
const patient = 300_000;

/**
 * Signs a line of text as the profile's program would, with NSS, the module and the card, in a copy of its database, and checks the signature.
 * The PIN is asked for by whoever serves the card; no PIN is here.
 */
export async function trySignature(
  { path, modules }: FoundProfile,
  { library, ...options }: TestOptions,
): Promise<TrialSignature> {
  if (library === undefined || modules === undefined) return 'untried';
  const own = { ...options, environment: await ownEnvironment(path, options.environment) };
  return await withDatabaseCopy(options.scratch, path, withModule(withoutLibraries(modules), library), async (copy) => {
    const database = ['-d', `sql:${copy}`];
    const list = (where: Workshop) => runTool('certutil', ['-L', ...database, '-h', 'all'], where);
    // Another build of the tool may not fit the program's libraries.
    const workshop = (await list(own))?.code === 0 ? own : options;
    const listed = await list(workshop);
    // `u` marks a certificate whose key is there.
    const [, nickname] = /^(\S.*?:.*?) +u,u,u *$/m.exec(listed?.output ?? '') ?? [];
    if (listed === undefined || nickname === undefined) return 'untried';
    // What NSS would refuse to sign with is told before anybody is asked for a PIN (`-u S`: for signing mail).
    const fitting = await runTool('certutil', ['-V', ...database, '-u', 'S', '-n', nickname], workshop);
    if (fitting?.code !== 0) return 'untrusted';
    const [text, signed] = [join(copy, 'text'), join(copy, 'signed')];
    await writeFile(text, 'Sigill\n');
    const sign = ['-S', ...database, '-N', nickname, '-H', 'SHA256', '-G', '-i', text, '-o', signed];
    const made = await runTool('cmsutil', sign, workshop, { longest: patient });
    const isMade = made?.code === 0 && (await readFile(signed).catch(() => new Uint8Array())).length > 0;
    if (!isMade) return made === undefined ? 'untried' : 'failed';
    const checked = await runTool('cmsutil', ['-D', ...database, '-i', signed, '-o', join(copy, 'shown')], workshop);
    return checked?.code === 0 ? 'valid' : 'failed';
  });
}
