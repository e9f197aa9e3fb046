const longest = 80;

// Cards, readers and plugins may name themselves as they like: no line breaks, no characters that turn the direction of writing.
const unseemly = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A name from a card, a reader or a plugin as one short line. */
export function labelText(name: string): string {
  const line = name.replace(unseemly, ' ').replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('')}…`;
}

/** Names of readers without the counters that PC/SC puts at their ends (`00 00`), where they differ without them too. */
export function readerNames(names: readonly string[]): ReadonlyMap<string, string> {
  const short = (name: string): string => name.replace(/( [0-9A-F]{2}){2}$/, '');
  const alike = (name: string): boolean => names.filter((other) => short(other) === short(name)).length > 1;
  return new Map(names.map((name) => [name, labelText(alike(name) ? name : short(name))]));
}
