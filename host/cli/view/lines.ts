import { stripVTControlCharacters } from 'node:util';

/** Columns that a text takes in a terminal, its colours not counted. Nothing that Sigill writes is wider than a letter. */
export function columns(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** `text` filled with spaces to `width`. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** Words in lines of at most `width` columns; the first begins with `first`, the others with as many spaces. A word that is too long stands alone. */
export function wrapped(text: string, width: number, first = ''): string[] {
  const lines: string[] = [];
  let line = '';
  const room = Math.max(20, width - columns(first));
  for (const word of words(text)) {
    if (line !== '' && columns(line) + 1 + columns(word) > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  const indent = ' '.repeat(columns(first));
  return [...lines, line].map((text, index) => (index === 0 ? first : indent) + text);
}

/** A command to be typed stays on one line, so that it can be copied. */
function words(text: string): readonly string[] {
  return text.match(/(?:npx )?sigill(?: (?:[a-z]+|--[a-z-]+|[A-Z0-9]+)\b)+\S*|\S+/g) ?? [''];
}

/** Cut to `width` columns with an ellipsis. Only for text without colours. */
export function cut(text: string, width: number): string {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, Math.max(1, width - 1)).join('')}…`;
}
