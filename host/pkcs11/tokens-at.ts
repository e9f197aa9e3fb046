import { Pkcs11Client } from './client.js';

/** A token as programs see it. */
export interface SeenToken {
  readonly slot: string;
  readonly label: string;
}

/** What a program sees that connects to the socket. Fails with `host-absent`. */
export async function tokensAt(socket: string): Promise<readonly SeenToken[]> {
  const client = await Pkcs11Client.connect(socket);
  try {
    const slots = await list(client);
    return await Promise.all(
      slots.map(async (id) => {
        const slot = await client.call('C_GetSlotInfo', (writer) => writer.ulong(id));
        const token = await client.call('C_GetTokenInfo', (writer) => writer.ulong(id));
        return { slot: text(slot.counted()), label: text(token.counted()) };
      }),
    );
  } finally {
    client.close();
  }
}

/** Slots with a token. */
async function list(client: Pkcs11Client): Promise<readonly number[]> {
  const answer = await client.call('C_GetSlotList', (writer) => writer.byte(1).uint32(1_024));
  if (answer.byte() === 0) return [];
  return Array.from({ length: answer.uint32() }, () => answer.ulong());
}

const text = (bytes: Uint8Array | undefined): string =>
  Buffer.from(bytes ?? [])
    .toString()
    .trimEnd();
