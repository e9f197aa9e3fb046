import { token } from '../token.js';

/** Lines for whoever looks for a fault. Never a secret, never a whole certificate. */
export interface Log {
  debug(line: string): void;
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

export const Log = token<Log>('Log');
