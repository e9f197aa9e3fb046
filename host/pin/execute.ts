import { Failure } from '@sigill/core';
import { type Plan, type Response, toCommand } from '@sigill/core/card';
import type { CardSession } from '../cards/card-access.js';

/** Sends a plan without secrets, each command once, and gives the last response. Fails with `card-refused`, and as the channel does. */
export async function execute(session: CardSession, plan: Plan): Promise<Response> {
  let last: Response = { data: new Uint8Array(), status: done };
  for (const planned of plan) {
    last = await session.channel.send(
      toCommand(planned, (secret) => {
        throw new Error(`The use of a key needs no ${secret}`);
      }),
    );
    if (last.status !== done) {
      throw new Failure('card-refused', { step: planned.step, status: last.status.toString(16).padStart(4, '0') });
    }
  }
  return last;
}

const done = 0x9000;
