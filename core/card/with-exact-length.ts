import type { Channel } from './channel.js';

const wrongLength = 0x6c;

// SELECT, READ BINARY, GET RESPONSE, GET DATA: asking again changes nothing on the card. A PIN command would spend
// a second try, and a repeated PSO can lose the digest that was loaded.
const repeatable: readonly number[] = [0xa4, 0xb0, 0xc0, 0xca, 0xcb];

/** Asks once more with the length that the card names (6Cxx), only for commands that just read. */
export function withExactLength(channel: Channel): Channel {
  return {
    async send(command) {
      const response = await channel.send(command);
      if (response.status >> 8 !== wrongLength || !repeatable.includes(command.ins)) return response;
      return channel.send({ ...command, le: response.status & 0xff });
    },
  };
}
