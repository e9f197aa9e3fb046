import type { Disposable, ProgressStep } from '@sigill/core';
import { performance } from 'node:perf_hooks';

import { type OwnTexts, sentences } from '../messages/sentences.js';
import type { Texts } from '../messages/texts.js';
import type { Output } from './io.js';

/** Columns of the bar itself. */
const bar = 20;

/** One line at the foot of a terminal that says how far a command is; nothing where no person looks. */
export class ProgressLine implements Disposable {
  readonly #output: Output;
  readonly #texts: Texts;
  readonly #own: OwnTexts | undefined;
  readonly #now: () => number;
  #begun: { readonly at: number; readonly value: number } | undefined;
  #text = '';
  #value: number | undefined;

  constructor(output: Output, texts: Texts, own?: OwnTexts, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#texts = texts;
    this.#own = own;
    this.#now = now;
  }

  /** Draws how far it is now. A step without words keeps those before. */
  show({ message, value }: ProgressStep): void {
    if (this.#output.foot === undefined) return;
    if (message) this.#text = sentences([message], this.#own, this.#texts).join(' ');
    if (value !== undefined && (this.#begun === undefined || value < (this.#value ?? 0)))
      this.#begun = { at: this.#now(), value };
    this.#value = value ?? this.#value;
    this.#output.foot(this.#line());
  }

  dispose(): void {
    this.#output.foot?.('');
  }

  #line(): string {
    const parts = this.#value === undefined ? [this.#text] : [drawn(this.#value), this.#text, this.#left(this.#value)];
    const line = parts.filter((part) => part !== '').join('  ');
    // One column less than there is: a full line would wrap.
    return [...line].slice(0, Math.max(10, (this.#output.columns || 80) - 1)).join('');
  }

  /** The time that is left if it goes on as it has; nothing before a tenth of a second tells. */
  #left(value: number): string {
    const begun = this.#begun;
    if (begun === undefined || value <= begun.value || value >= 1) return '';
    const spent = this.#now() - begun.at;
    if (spent < 100) return '';
    const seconds = Math.ceil(((spent / (value - begun.value)) * (1 - value)) / 1_000);
    return this.#texts.text('progress.left', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  }
}

function drawn(value: number): string {
  const full = Math.round(Math.min(1, Math.max(0, value)) * bar);
  return `${'█'.repeat(full)}${'░'.repeat(bar - full)}`;
}
