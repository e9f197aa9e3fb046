import { spawnSync } from 'node:child_process';
import { Failure } from '@sigill/core';
import { registryKey } from './windows.js';

/** Runs `reg`, which is part of Windows. Fails with `file-unwritable`. */
export function changeRegistry(words: readonly string[]): void {
  const { status, error, stderr } = spawnSync('reg', words, { encoding: 'utf8', windowsHide: true });
  if (status === 0) return;
  throw new Failure('file-unwritable', { path: registryKey, why: error?.message ?? stderr.trim() });
}
