import { type FailureData, failureData } from '@sigill/core';
import { failureText } from '../messages/failure-text.js';
import type { Texts } from '../messages/texts.js';
import type { Io } from './io.js';
import { wrapped } from './view/lines.js';
import { type Paint, paintFor } from './view/paint.js';

/** Answers: one JSON document or lines for a person on standard output, failures on standard error. */
export class Say {
  readonly paint: Paint;
  /** Columns that lines may take; endless when nobody reads them in a window. */
  readonly width: number;
  /** True when programs read the answers. */
  readonly json: boolean;
  readonly #io: Io;
  readonly #texts: Texts;

  constructor(io: Io, texts: Texts, json: boolean) {
    this.#io = io;
    this.#texts = texts;
    this.json = json;
    this.paint = paintFor(io.output, io.environment);
    this.width = io.output.isTTY === true ? Math.max(40, io.output.columns || 80) : Number.POSITIVE_INFINITY;
  }

  /** With `--json` the document, otherwise the lines. */
  answer(document: unknown, lines: () => readonly string[]): void {
    if (this.json) this.#io.output.write(`${JSON.stringify(document)}\n`);
    else this.lines(lines());
  }

  lines(lines: readonly string[]): void {
    if (lines.length > 0) this.#io.output.write(`${lines.join('\n')}\n`);
  }

  /** A sentence that is as wide as the window. */
  sentence(text: string, first = ''): readonly string[] {
    return wrapped(text, this.width, first);
  }

  /** Something to know beside the answer; programs are told answers and failures alone. */
  aside(text: string): void {
    const { errors } = this.#io;
    const width = errors.isTTY === true ? Math.max(40, errors.columns || 80) : Number.POSITIVE_INFINITY;
    if (!this.json) errors.write(`${wrapped(text, width).join('\n')}\n`);
  }

  failure(error: unknown): void {
    const data = failureData(error);
    const message = failureText(this.#texts, data);
    this.#io.errors.write(this.json ? `${JSON.stringify({ ...data, message })}\n` : this.#failureLines(data, message));
  }

  #failureLines({ code }: FailureData, message: string): string {
    const { errors, environment } = this.#io;
    const mark = paintFor(errors, environment).bad('✗');
    const width = errors.isTTY === true ? Math.max(40, errors.columns || 80) : Number.POSITIVE_INFINITY;
    const advice = needsPuk.includes(code) ? wrapped(this.#texts.text('next.no-puk'), width, '  ') : [];
    return `${[...wrapped(message, width, `${mark} `), ...advice].join('\n')}\n`;
  }
}

/** Failures after which a person looks for the PUK. */
const needsPuk: readonly string[] = ['pin-locked', 'puk-wrong', 'puk-absent'];
