import { Failure } from '@sigill/core';

/** One consent at a time: a person cannot answer two questions at once, and the second must show what the first left. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Runs `use` when all earlier ones have ended. Fails with `cancelled` if `signal` aborts while waiting. */
  async take<T>(signal: AbortSignal, use: () => Promise<T>): Promise<T> {
    const before = this.#last;
    const { promise, resolve } = withResolvers();
    this.#last = before.then(() => promise);
    try {
      await unlessAborted(before, signal);
      return await use();
    } finally {
      resolve();
    }
  }
}

/** `promise`, or `cancelled` as soon as `signal` aborts. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new Failure('cancelled', {});
  const { promise: aborted, reject } = withResolvers();
  const abort = (): void => reject(new Failure('cancelled', {}));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return (await Promise.race([promise, aborted])) as T;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

// Promise.withResolvers came with Node 22.
function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve = (): void => {};
  let reject = (_error: Error): void => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}
