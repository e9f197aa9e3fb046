import { encodeCommand, parseResponse } from './apdu.js';
import type { Channel } from './channel.js';
import type { Protocol } from './pcsc.js';
import { withChaining } from './with-chaining.js';
import { withExactLength } from './with-exact-length.js';
import { withGetResponse } from './with-get-response.js';

// VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER: their bodies hold secrets.
const secretBodies: readonly number[] = [0x20, 0x24, 0x2c];

/**
 * A channel over raw bytes, with all layers: the protocol's encoding, 6Cxx, 61xx, chaining.
 * The bytes of a PIN command are wiped after `transmit`. Fails as `transmit` does, and with `card-malformed`.
 */
export function openChannel(transmit: (apdu: Uint8Array) => Promise<Uint8Array>, protocol: Protocol): Channel {
  const bare: Channel = {
    async send(command) {
      const apdu = encodeCommand(command, protocol);
      try {
        return parseResponse(await transmit(apdu));
      } finally {
        if (secretBodies.includes(command.ins)) apdu.fill(0);
      }
    },
  };
  return withChaining(withGetResponse(withExactLength(bare)));
}
