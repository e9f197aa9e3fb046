import { Failure } from '@sigill/core';
import type { PinAnswer, PinForm, PinPrompt } from '../../pin/prompt.js';
import { Secret } from '../../pin/secret.js';

/** What the person of the demo types into each field, by its kind or its name (`new:PIN1`). Published codes of simulated cards. */
export type Typed = Readonly<Record<string, string>>;

/** The person of the demo: answers each form with what was laid ready for it, and agrees to the last tries. */
export class DemoPerson implements PinPrompt {
  #ready: Typed = {};
  #asked = 0;

  /** How many values have been asked for. */
  get asked(): number {
    return this.#asked;
  }

  /** Lays ready what the next form is answered with. */
  will(typed: Typed): void {
    this.#ready = typed;
  }

  async ask(form: PinForm): Promise<PinAnswer> {
    const secrets = new Map<string, Secret>();
    for (const { name, kind, pin } of form.fields) {
      const value = kind === 'again' ? 'new' : kind;
      const digits = this.#ready[`${value}:${pin}`] ?? this.#ready[value];
      if (digits === undefined) throw new Failure('secret-missing', { field: name });
      this.#asked++;
      secrets.set(name, new Secret(new TextEncoder().encode(digits)));
      const found = form.check(name, secrets);
      if (found !== undefined) throw new Failure(found.code, found.facts as never);
    }
    return { secrets, agreed: form.lastTries };
  }
}
