import { defer, finalize, type Observable } from 'rxjs';

/** A stream that knows whether anybody looks. */
export interface Watched<T> {
  readonly stream: Observable<T>;
  readonly any: () => boolean;
}

/** `source` with its lookers counted. */
export function watched<T>(source: Observable<T>): Watched<T> {
  let lookers = 0;
  const stream = defer(() => {
    lookers += 1;
    return source.pipe(finalize(() => (lookers -= 1)));
  });
  return { stream, any: () => lookers > 0 };
}
