import { CKF, CKR } from './constants.js';
import type { Functions } from './function.js';
import { Refusal } from './refusal.js';

/** Cards that come and go. */
export const eventFunctions: Functions = {
  async C_WaitForSlotEvent({ events }, request) {
    const blocks = (request.ulong() & CKF.DONT_BLOCK) === 0;
    const slot = blocks ? await events.next() : events.take();
    // PKCS #11 v2.40 §5.5: C_Finalize ends the waiting with this value.
    if (slot === undefined) throw new Refusal(blocks ? CKR.CRYPTOKI_NOT_INITIALIZED : CKR.NO_EVENT);
    return (writer) => writer.ulong(slot);
  },
};
