import { type Cards, type Language, type Log, type Pins, type Signing, token } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import type { Journal } from './audit/journal.js';
import type { CardAccess } from './cards/card-access.js';
import type { DocumentStore } from './documents/document-store.js';
import type { HeldPin } from './pin/held-pin.js';
import type { LoginRequest } from './pin/login.js';
import type { PinPrompt } from './pin/prompt.js';
import type { PluginHost } from './plugins/plugin-host.js';
import type { Asking } from './plugins/running-commands.js';

/** The host at work: what a shell (the command line, the window) may use of it. */
export interface Host {
  readonly pcsc: Pcsc;
  readonly cards: CardAccess & Cards;
  readonly plugins: PluginHost;
  /** Signatures that the host itself asks for, such as the trial of a key. */
  readonly signing: Pick<Signing, 'sign'>;
  /** The same, given up when `signal` aborts. */
  signingFor(signal: AbortSignal): Pick<Signing, 'sign'>;
  /** Logins of another program, under its name and given up when `signal` aborts. */
  loginsFor(requester: string, signal: AbortSignal): { login(request: LoginRequest): Promise<HeldPin> };
  /** Where a command asks that was started by a person at another prompt than the host's own. */
  asking(prompt: PinPrompt, language: Language): Asking;
  /** What people give to plugins. */
  readonly documents: DocumentStore;
  /** What cards signed, and what came of it. */
  readonly journal: Journal;
  /** PIN operations that the host itself asks for; what people start goes through plugins. */
  readonly pins: Pins;
  readonly log: Log;
  now(): Date;
  /** Ends every plugin and every connection. Idempotent. */
  close(): Promise<void>;
}

export const Host = token<Host>('Host');
