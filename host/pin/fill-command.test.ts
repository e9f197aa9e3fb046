import type { PlannedCommand } from '@sigill/core/card';
import { describe, expect, it } from 'vitest';
import { fillCommand } from './fill-command.js';
import { Secret } from './secret.js';

const secret = (digits: string): Secret => new Secret(new TextEncoder().encode(digits));
const format = { blockLength: 8, pad: 0xff };
const change: PlannedCommand = {
  step: 'change',
  cla: 0,
  ins: 0x24,
  p1: 0,
  p2: 1,
  body: [
    { kind: 'secret', secret: 'current', format },
    { kind: 'secret', secret: 'new', format },
  ],
};

describe('a filled command', () => {
  it('has each secret in its place, and knows every array that holds one', () => {
    const { command, secretBytes, wipe } = fillCommand(change, { current: secret('1234'), new: secret('98765') });
    expect(Buffer.from(command.data ?? []).toString('hex')).toBe('31323334ffffffff3938373635ffffff');
    expect(secretBytes.map(({ length }) => length)).toEqual([8, 8, 16]);
    wipe();
    expect(secretBytes.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    expect(command.data?.every((byte) => byte === 0)).toBe(true);
  });

  it('is not made without a secret that it needs, nor of one that is wiped', () => {
    expect(() => fillCommand(change, { current: secret('1234') })).toThrow('not typed: new');
    const gone = secret('1234');
    gone.wipe();
    expect(() => fillCommand(change, { current: gone, new: secret('98765') })).toThrow('wiped');
  });

  it('keeps its known bytes when it holds no secret', () => {
    const bytes = Uint8Array.of(1, 2);
    const select: PlannedCommand = {
      step: 'select',
      cla: 0,
      ins: 0xa4,
      p1: 4,
      p2: 12,
      body: [{ kind: 'bytes', bytes }],
    };
    const { command, wipe } = fillCommand(select, {});
    wipe();
    expect([[...(command.data ?? [])], [...bytes]]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});
