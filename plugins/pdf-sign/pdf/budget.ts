import { limits } from './limits.js';
import { tooComplex } from './pdf-error.js';

/** Counts the work that one document causes, so that a hostile one ends in an error and never in a hang. */
export class Budget {
  #tokens: number = limits.tokens;
  #loads: number = limits.loads;
  #decoded: number = limits.decoded;

  token(): void {
    if (--this.#tokens < 0) throw tooComplex('tokens');
  }

  load(): void {
    if (--this.#loads < 0) throw tooComplex('objects');
  }

  decode(bytes: number): void {
    this.#decoded -= bytes;
    if (this.#decoded < 0) throw tooComplex('stream data');
  }
}
