import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '@sigill/core';
import { borrow } from './borrowed.js';
import { leavingLink } from './leaving-link.js';

/** Lets a plugin in that somebody put there. Fails with `plugin-gone` when it was taken away, and with `plugin-failed` when a link leads out of its folder. */
export async function admit(name: string, folder: string, runner: string): Promise<void> {
  if (!existsSync(folder)) throw new Failure('plugin-gone', { plugin: name, folder });
  const leaving = await leavingLink(folder);
  if (leaving !== undefined)
    throw new Failure('plugin-failed', { plugin: name, why: `the link ${leaving} leads out of it` });
  await borrow(folder, dirname(runner));
}
