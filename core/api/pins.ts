import { token } from '../token.js';
import type { Activation, CardId, PinId, PinStatus } from './cards.js';

/** Names a PIN of a card in a reader. Carries no value: the host asks the person itself. */
export interface PinRequest {
  readonly card: CardId;
  readonly pin: PinId;
}

/** What became of a PIN. */
export interface PinOutcome {
  readonly pin: PinId;
  readonly state: PinStatus;
  readonly triesLeft?: number;
  /** True when the new value equals another PIN of the card, as far as this consent knows. */
  readonly sameAsOther?: boolean;
}

export interface ActivationOutcome {
  /** How the card was taken into use; under `A` and `C` the code in the letter stays as the PUK. */
  readonly scheme: Activation['scheme'];
  readonly pins: readonly PinOutcome[];
}

/**
 * Operations on PINs. The host shows who asks, takes the digits itself, guards the tries and sends at most one
 * presentation per consent; a plugin learns the outcome only. Needs permission `pins`.
 * Fails with `pin-wrong`, `pin-locked`, `guard-…`, `secret-…`, `cancelled`, `card-removed`, `outcome-unknown`.
 */
export interface Pins {
  /** Asks for the PIN and presents it (ISO 7816-4 VERIFY). */
  verify(request: PinRequest): Promise<PinOutcome>;
  /** Asks for the present value once and the new one twice (CHANGE REFERENCE DATA). */
  change(request: PinRequest): Promise<PinOutcome>;
  /** Asks for the PUK once and the new value twice (RESET RETRY COUNTER). */
  unlock(request: PinRequest): Promise<PinOutcome>;
  /** Asks for the activation code once and each missing PIN twice, and sets them one by one. */
  activate(request: { readonly card: CardId }): Promise<ActivationOutcome>;
}

export const Pins = token<Pins>('Pins');
