import type { ReaderView } from '../view/reader-view.js';
import type { WindowView } from '../view/window-view.js';

/** What is read out to who does not see the page: each in one or two parts, such as a reader and its state. */
export type News = readonly (readonly string[])[];

/** What has become of the readers from one view to the next. Another language is no news. */
export function readerNews(before: WindowView, now: WindowView, word: (key: string) => string): News {
  if (before.language !== now.language) return [];
  const old = new Map(before.readers.map((reader) => [reader.name, reader]));
  const changed = ({ name, state }: ReaderView): boolean => old.get(name)?.state !== state;
  const gone = before.readers.filter(({ name }) => !now.readers.some((reader) => reader.name === name));
  return [
    ...now.readers.filter(changed).map(({ name, state }) => [name, state]),
    ...gone.map(({ name }) => [name, word('page.reader.gone')]),
  ];
}

/** What changes in the place where the person is: the sentences that are marked as news (`data-news`). */
export class PlaceNews {
  #before: { readonly place: string; readonly sentences: readonly string[] } | undefined;

  /** What stands there now and did not before; nothing in a new place, which is read from its beginning. */
  since(place: string, main: Element | null): News {
    const marked = [...(main?.querySelectorAll('[data-news]') ?? [])];
    const sentences = marked.map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim() ?? '');
    const before = this.#before;
    this.#before = { place, sentences };
    if (before?.place !== place) return [];
    return sentences.filter((text) => text !== '' && !before.sentences.includes(text)).map((text) => [text]);
  }
}
