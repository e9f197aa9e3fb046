import { createHash } from 'node:crypto';
import type { Paths } from '../paths.js';

/** A name for the folders that a host works with, the person's own and plugins included: two hosts with the same are the same to their person. */
export function homeOf({ config, data, state, cache, plugins }: Paths, home: string): string {
  const folders = [home, config, data, state, cache, plugins.bundled, plugins.system, plugins.user];
  return createHash('sha256').update(JSON.stringify(folders)).digest('hex');
}
