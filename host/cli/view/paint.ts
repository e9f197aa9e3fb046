/** Puts emphasis on text of a terminal (ECMA-48 §8.3.117); leaves it as it is everywhere else. */
export interface Paint {
  strong(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  warning(text: string): string;
  bad(text: string): string;
}

/** Colour only where a person sees it and has not said no (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  const plain = stream.isTTY !== true || Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb';
  const wrap = (on: number, off: number) => (text: string) =>
    plain || text === '' ? text : `\u001b[${on}m${text}\u001b[${off}m`;
  return {
    strong: wrap(1, 22),
    faint: wrap(2, 22),
    good: wrap(32, 39),
    warning: wrap(33, 39),
    bad: wrap(31, 39),
  };
}
