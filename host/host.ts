import { type Cards, type Log, type Pins, type Signing, token } from '@sigill/core';
import type { Pcsc } from '@sigill/core/card';
import type { CardAccess } from './cards/card-access.js';
import type { HeldPin } from './pin/held-pin.js';
import type { LoginRequest } from './pin/login.js';
import type { PluginHost } from './plugins/plugin-host.js';

/** The host at work: what a shell (the command line, the window) may use of it. */
export interface Host {
  readonly pcsc: Pcsc;
  readonly cards: CardAccess & Cards;
  readonly plugins: PluginHost;
  /** Signatures that the host itself asks for, such as the trial of a key. */
  readonly signing: Signing;
  /** The same, given up when `signal` aborts. */
  signingFor(signal: AbortSignal): Signing;
  /** Logins of another program, under its name and given up when `signal` aborts. */
  loginsFor(requester: string, signal: AbortSignal): { login(request: LoginRequest): Promise<HeldPin> };
  /** PIN operations that the host itself asks for; what people start goes through plugins. */
  readonly pins: Pins;
  readonly log: Log;
  now(): Date;
  /** Ends every plugin and every connection. Idempotent. */
  close(): Promise<void>;
}

export const Host = token<Host>('Host');
