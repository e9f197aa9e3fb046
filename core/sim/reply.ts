import type { Response } from '../card/apdu.js';

const nothing = new Uint8Array(0);

/** A response without data. */
export function word(status: number): Response {
  return { data: nothing, status };
}

/** Data and 9000. */
export function answer(data: Uint8Array): Response {
  return { data, status: 0x9000 };
}
