/** Width of a text at one point of size; both fonts of an appearance. */
export interface Measure {
  (text: string, bold: boolean): number;
}

export interface FittedLine {
  readonly text: string;
  readonly bold: boolean;
}

export interface Fitted {
  /** Points. */
  readonly size: number;
  readonly lines: readonly FittedLine[];
}

/** Of the size, from one line to the next. */
export const leading = 1.25;
const largest = 11;
const smallest = 4;

/** Lines broken between words and made small enough for the box, the first one bold; what does not fit at the smallest size is cut with `…`. */
export function fitLines(texts: readonly string[], width: number, height: number, measure: Measure): Fitted {
  for (let size = largest; size >= smallest; size -= 0.5) {
    const lines = texts.flatMap((text, at) => broken(text, at === 0, width / size, measure));
    if (
      lines.length * size * leading <= height &&
      lines.every(({ text, bold }) => measure(text, bold) * size <= width)
    ) {
      return { size, lines };
    }
  }
  const most = Math.max(1, Math.floor(height / (smallest * leading)));
  const lines = texts.flatMap((text, at) => broken(text, at === 0, width / smallest, measure));
  return { size: smallest, lines: lines.slice(0, most).map((line) => cut(line, width / smallest, measure)) };
}

function broken(text: string, bold: boolean, width: number, measure: Measure): readonly FittedLine[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || measure(longer, bold) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].filter((one) => one !== '').map((one) => ({ text: one, bold }));
}

function cut({ text, bold }: FittedLine, width: number, measure: Measure): FittedLine {
  if (measure(text, bold) <= width) return { text, bold };
  const letters = [...text];
  while (letters.length > 0 && measure(`${letters.join('')}…`, bold) > width) letters.pop();
  return { text: `${letters.join('')}…`, bold };
}
