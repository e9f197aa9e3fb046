import { type Cards, type Language, type Log, type Pins, type Signing, token } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import type { CardAccess } from './cards/card-access.js';
import type { PinPrompt } from './pin/prompt.js';
import type { PluginHost } from './plugins/plugin-host.js';
import type { Asking } from './plugins/running-commands.js';

/** The host at work: what a shell (the command line, the window) may use of it. */
export interface Host {
  readonly pcsc: Pcsc;
  readonly cards: CardAccess & Cards;
  readonly plugins: PluginHost;
  /** Signatures that the host itself asks for, such as the trial of a key. */
  readonly signing: Signing;
  /** The same, given up when `signal` aborts. */
  signingFor(signal: AbortSignal): Signing;
  /** Where a command asks that was started by a person at another prompt than the host's own. */
  asking(prompt: PinPrompt, language: Language): Asking;
  /** PIN operations that the host itself asks for; what people start goes through plugins. */
  readonly pins: Pins;
  readonly log: Log;
  now(): Date;
  /** Ends every plugin and every connection. Idempotent. */
  close(): Promise<void>;
}

export const Host = token<Host>('Host');
