import type { LiteDone } from './pcsclite-types.js';

/** One call of pcsclite as a promise. Its callbacks come outside of any turn of Node's, so the promise settles in the next one. */
export function liteCall<T>(call: (done: LiteDone<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const done: LiteDone<T> = (error, result) => void setImmediate(() => (error ? reject(error) : resolve(result)));
    call(done);
  });
}

/** PC/SC's code for an error of pcsclite, which stands in its text only; 0 for one that is not PC/SC's. */
export function liteCode(error: unknown): number {
  const code = error instanceof Error ? /\((0x[0-9a-f]+)\)/i.exec(error.message)?.[1] : undefined;
  return code === undefined ? 0 : Number.parseInt(code, 16) % 2 ** 32;
}
