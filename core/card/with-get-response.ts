import { Failure } from '../failure.js';
import { joined } from './bytes.js';
import type { Channel } from './channel.js';

const moreData = 0x61;
/** 64 KiB in the largest steps there are; a card that still has more is broken. */
const mostRounds = 260;

/** Fetches what a card holds back (61xx) so that callers see one whole response. Fails with `card-malformed` when it never ends. */
export function withGetResponse(channel: Channel): Channel {
  return {
    async send(command) {
      let { data, status } = await channel.send(command);
      const parts = [data];
      for (let round = 0; status >> 8 === moreData; round += 1) {
        if (round === mostRounds) throw new Failure('card-malformed', { what: 'response without end' });
        const next = await channel.send({ cla: 0x00, ins: 0xc0, p1: 0, p2: 0, le: status & 0xff });
        // A piece without a byte would go on for ever.
        if (next.data.length === 0 && next.status >> 8 === moreData) {
          throw new Failure('card-malformed', { what: 'response without end' });
        }
        parts.push(next.data);
        status = next.status;
      }
      data = parts.length === 1 ? data : joined(parts);
      return { data, status };
    },
  };
}
