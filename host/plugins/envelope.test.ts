import { describe, expect, it } from 'vitest';
import { checkEnvelope } from './envelope.js';

const call = { jsonrpc: '2.0', id: 1, method: 'pins.verify', params: { card: 'a' } };

describe('the envelope of a message', () => {
  it('is passed on in a fresh object with the known members only', () => {
    expect(checkEnvelope({ ...call, extra: 1 })).toEqual(call);
    expect(checkEnvelope({ jsonrpc: '2.0', id: 1 })).toEqual({ jsonrpc: '2.0', id: 1, result: null });
    const error = { code: -32_000, message: 'no-card', data: { code: 'no-card', facts: {} } };
    expect(checkEnvelope({ jsonrpc: '2.0', id: 1, error })).toEqual({ jsonrpc: '2.0', id: 1, error });
  });

  it.each([
    { ...call, method: '$/cancelRequest', params: { id: 1 } },
    { ...call, method: '$/progress', params: { token: 1 } },
    { ...call, method: 'x'.repeat(65) },
    { ...call, method: 7 },
    { ...call, params: undefined },
    { ...call, params: [1] },
    { ...call, params: null },
    { ...call, id: null },
    { ...call, id: -1 },
    { ...call, id: 1.5 },
    { ...call, id: 'one' },
    { ...call, jsonrpc: '1.0' },
    { jsonrpc: '2.0' },
    { jsonrpc: '2.0', id: 1, error: null },
    { jsonrpc: '2.0', id: 1, error: { code: '1', message: 'x' } },
    [call],
    null,
    'call',
  ])('is refused as %j', (message) => {
    expect(() => checkEnvelope(message)).toThrow();
  });
});
