import { type ChildProcess, spawn } from 'node:child_process';
import { bin, shown } from '../e2e/sigill.js';
import type { CardTable } from './card-table.js';

/** What systemd does with Sigill's socket unit: listens in the usual place, and becomes Sigill for the first program. */
export async function socketUnit({ environment, at }: CardTable): Promise<ChildProcess> {
  const variables = Object.keys(environment).flatMap((name) => ['-E', name]);
  const words = [...variables, '-l', at('runtime/p11-kit/pkcs11'), process.execPath, bin, 'pkcs11', 'serve'];
  const child = spawn('systemd-socket-activate', words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  await shown(child.stderr, /Listening on/);
  return child;
}
