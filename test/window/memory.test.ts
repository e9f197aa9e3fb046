import { createHash, randomInt } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { HostProcess } from './host-process.js';
import { ascii, PinClient } from './pin-client.js';
import { findInMemory } from './process-memory.js';

// The kernel shows a process's memory in this way on Linux; elsewhere nothing is claimed.
describe.runIf(process.platform === 'linux')('the memory of the host', () => {
  let host: HostProcess;

  afterEach(() => host.end());

  it('holds the digits while they go to the card, and not once the card has answered', async () => {
    const digits = ascii(String(randomInt(10_000_000, 100_000_000)));
    const block = Buffer.alloc(12);
    block.set(digits);
    const digest = createHash('sha256').update(block).digest('hex');
    host = new HostProcess('./pin-host.mjs', { SIGILL_TEST_DIGEST: digest });
    const client = new PinClient(await host.next());
    const view = await client.enter();
    expect(findInMemory(host.pid, digits)).toEqual([]);

    expect((await client.answer(view, [digits])).status).toBe(200);
    expect(await host.next()).toBe('presenting');
    // The look sees what is there: the secret, the block, the command.
    expect(findInMemory(host.pid, digits).length).toBeGreaterThan(0);

    host.tell('go');
    expect(await host.next()).toBe('ok');
    expect(findInMemory(host.pid, digits)).toEqual([]);
  });
});
