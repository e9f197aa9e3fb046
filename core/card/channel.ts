import type { Command, Response } from './apdu.js';

/** Sends commands to one card, one after the other. Wrapped in layers (`with…`), smallest first. */
export interface Channel {
  send(command: Command): Promise<Response>;
}
