import { Failure } from '@sigill/core';
import type { PinAnswer, PinForm, PinPrompt } from '../../host/pin/prompt.js';
import { Secret } from '../../host/pin/secret.js';

/** A person who types the given digits, field by field in the order asked, and whom a test can interrupt. */
export class ScriptedPrompt implements PinPrompt {
  readonly forms: PinForm[] = [];
  /** Every secret that was handed over, to see that it was wiped. */
  readonly given: Secret[] = [];
  /** The bytes behind them. */
  readonly bytes: Uint8Array[] = [];
  agrees = true;
  /** Runs while the person types: after the form was shown, before it is answered. */
  meanwhile: (form: PinForm, signal: AbortSignal) => Promise<void> | void = () => undefined;
  #answers: (readonly string[])[];

  constructor(...answers: (readonly string[])[]) {
    this.#answers = answers;
  }

  async ask(form: PinForm, signal: AbortSignal): Promise<PinAnswer> {
    this.forms.push(form);
    await this.meanwhile(form, signal);
    const typed = this.#answers.shift();
    if (typed === undefined) throw new Failure('cancelled', {});
    const secrets = new Map<string, Secret>();
    form.fields.forEach(({ name }, at) => {
      const digits = typed[at];
      if (digits === undefined) return;
      const bytes = new TextEncoder().encode(digits);
      const secret = new Secret(bytes);
      this.bytes.push(bytes);
      this.given.push(secret);
      secrets.set(name, secret);
    });
    return { secrets, agreed: form.lastTries && this.agrees };
  }

  /** True when nothing that was typed is left anywhere in the secrets. */
  get clean(): boolean {
    return this.given.every((secret) => secret.wiped) && this.bytes.every((bytes) => bytes.every((byte) => byte === 0));
  }
}
