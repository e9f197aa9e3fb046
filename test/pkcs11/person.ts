import { Failure, type PinId } from '@sigill/core';
import type { PinAnswer, PinForm, PinPrompt } from '../../host/pin/prompt.js';
import { Secret } from '../../host/pin/secret.js';

/** A person who is asked for PINs and types them at once. */
export class PersonAtPinPage implements PinPrompt {
  /** What they type; without an entry they cancel. */
  readonly knows: Partial<Record<PinId, string>> = { PIN1: '1234', PIN2: '123456' };
  /** True when they say yes to one of the last tries. */
  dares = false;
  /** What they were asked. */
  readonly forms: PinForm[] = [];
  /** Every secret that was handed over. */
  readonly given: Secret[] = [];
  /** Called when they are asked; until it resolves they think. */
  thinks: () => Promise<void> = async () => {};

  async ask(form: PinForm, signal: AbortSignal): Promise<PinAnswer> {
    this.forms.push(form);
    await this.thinks();
    if (signal.aborted) throw new Failure('cancelled', {});
    const secrets = new Map<string, Secret>();
    for (const { name, pin } of form.fields) {
      const digits = this.knows[pin];
      if (digits === undefined) throw new Failure('cancelled', {});
      const secret = new Secret(new TextEncoder().encode(digits));
      this.given.push(secret);
      secrets.set(name, secret);
    }
    return { secrets, agreed: form.lastTries && this.dares };
  }

  /** Forgets what was asked. */
  reset(): void {
    this.forms.length = 0;
  }
}
