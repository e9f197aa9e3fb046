/** `*.pdf` in all ways of writing it: dialogs tell small letters and capitals apart. */
export function patterns(extensions: readonly string[]): readonly string[] {
  return extensions.flatMap((extension) => [...new Set([`*.${extension}`, `*.${extension.toUpperCase()}`])]);
}
