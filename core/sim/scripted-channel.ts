import type { Command, Response } from '../card/apdu.js';
import { fromHex, toHex } from '../card/bytes.js';
import type { Channel } from '../card/channel.js';

/** One expected command and its answer, in hex: `CLA INS P1 P2`, data in parentheses, Le after a slash; spaces are free. */
export type ScriptStep = readonly [command: string, answer: string];

/** A channel that knows one conversation: a command out of order fails the test. `left` tells how much was not said. */
export function scriptedChannel(steps: readonly ScriptStep[]): Channel & { readonly left: number } {
  let at = 0;
  return {
    get left() {
      return steps.length - at;
    },
    send(command: Command): Promise<Response> {
      const sent = written(command);
      const step = steps[at];
      if (!step) return Promise.reject(new Error(`The script has ended, and ${sent} was sent`));
      const expected = step[0].replaceAll(' ', '').toLowerCase();
      if (sent !== expected)
        return Promise.reject(new Error(`Step ${at + 1}: ${expected} was expected, ${sent} was sent`));
      at++;
      const answer = fromHex(step[1]);
      const end = answer.length - 2;
      return Promise.resolve({
        data: answer.slice(0, end),
        status: ((answer[end] ?? 0) << 8) | (answer[end + 1] ?? 0),
      });
    },
  };
}

function written({ cla, ins, p1, p2, data, le }: Command): string {
  const body = data && data.length > 0 ? `(${toHex(data)})` : '';
  return (
    toHex(Uint8Array.of(cla, ins, p1, p2)) + body + (le === undefined ? '' : `/${le.toString(16).padStart(2, '0')}`)
  );
}
