import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DistantForm, DistantPrompt } from '../../host/pin/prompt.js';
import { Secret } from '../../host/pin/secret.js';
import { HostThere } from '../../host/reach/host-there.js';
import { HostProcess } from '../window/host-process.js';
import { ascii } from '../window/pin-client.js';
import { findInMemory } from '../window/process-memory.js';

// The kernel shows a process's memory in this way on Linux; elsewhere nothing is claimed.
describe.runIf(process.platform === 'linux')('the memory of a host that is given digits over its socket', () => {
  let folder: string;
  let host: HostProcess;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sigill-reach-'));
  });
  afterEach(() => {
    host.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds them while they go to the card, and not once the card has answered; no byte on the socket is one', async () => {
    const digits = ascii(String(randomInt(10_000_000, 100_000_000)));
    const block = Buffer.alloc(12);
    block.set(digits);
    const digest = createHash('sha256').update(block).digest('hex');
    const path = join(folder, 's');
    host = new HostProcess('./pin-host.mjs', { SIGILL_TEST_DIGEST: digest, SIGILL_TEST_SOCKET: path });
    expect(await host.next()).toBe('listening');

    const socket = createConnection(path);
    const written: Buffer[] = [];
    const write = socket.write.bind(socket);
    socket.write = ((bytes: Uint8Array) => {
      written.push(Buffer.from(bytes));
      return write(bytes);
    }) as typeof socket.write;
    const there = new HostThere(socket, typing(digits));

    expect(await host.next()).toBe('presenting');
    expect(findInMemory(host.pid, digits).length).toBeGreaterThan(0);
    host.tell('go');
    expect(await host.next()).toBe('ok');
    expect(findInMemory(host.pid, digits)).toEqual([]);
    there.dispose();
    expect(Buffer.concat(written).length).toBeGreaterThan(300);
    expect(Buffer.concat(written).includes(Buffer.from(digits))).toBe(false);
  });
});

/** A person who types these digits once. */
function typing(digits: Uint8Array): DistantPrompt {
  return {
    async ask({ fields, check }: DistantForm) {
      const secrets = new Map([[fields[0]?.name ?? '', new Secret(Uint8Array.from(digits))]]);
      expect(await check(fields[0]?.name ?? '', secrets)).toBeUndefined();
      return { secrets, agreed: false };
    },
  };
}
