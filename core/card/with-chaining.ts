import { shortData } from './apdu.js';
import type { Channel } from './channel.js';

const done = 0x9000;
const moreToCome = 0x10;

/** Sends data that does not fit in one short command as a chain (ISO 7816-4 §5.3.3); stops at the first refusal. */
export function withChaining(channel: Channel): Channel {
  return {
    async send(command) {
      const data = command.data ?? new Uint8Array();
      const { cla, ins, p1, p2 } = command;
      let at = 0;
      for (; data.length - at > shortData; at += shortData) {
        const piece = data.subarray(at, at + shortData);
        const response = await channel.send({ cla: cla | moreToCome, ins, p1, p2, data: piece });
        if (response.status !== done) return response;
      }
      return channel.send(at === 0 ? command : { ...command, data: data.subarray(at) });
    },
  };
}
