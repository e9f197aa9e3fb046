import type { SignRequest } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { result, scene } from '../../test/faults/scene.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';

const request: SignRequest = { card: 'card-1', key: '45', algorithm: 'ECDSA-SHA384', digest: new Uint8Array(48) };

describe('signing', () => {
  it('asks for the PIN of the key each time and gives the signature as DER', async () => {
    const { cards, prompt, broker } = await scene(new ScriptedPrompt(['1234'], ['1234']));
    const signing = broker.signing('test');
    const { algorithm, value } = await signing.sign(request);
    expect({ algorithm, start: [...value.subarray(0, 4)] }).toEqual({
      algorithm: 'ECDSA-SHA384',
      start: [0x30, 100, 0x02, 48],
    });
    await signing.sign(request);
    expect({ asked: prompt.forms.map(({ operation }) => operation), clean: prompt.clean }).toEqual({
      asked: ['sign', 'sign'],
      clean: true,
    });
    expect(cards.seen.slice(0, 5)).toEqual(['00cb00ff', '00200011', '002241b6', '002a90a0', '002a9e9a']);
  });

  it.each([
    ['an unknown key', { key: '99' }, { code: 'key-unknown', facts: { id: '99' } }],
    [
      'another kind of key',
      { algorithm: 'RSA-PSS-SHA384' },
      { code: 'key-algorithm', facts: { key: '45', algorithm: 'RSA-PSS-SHA384' } },
    ],
    [
      'a digest of another length',
      { digest: new Uint8Array(32) },
      { code: 'call-invalid', facts: { call: 'sign', why: 'digest of 32 bytes for ECDSA-SHA384' } },
    ],
  ])('asks nothing for %s', async (_name, change, failure) => {
    const { prompt, broker } = await scene(new ScriptedPrompt(['1234']));
    expect(await result(broker.signing('test').sign({ ...request, ...change } as SignRequest))).toEqual(failure);
    expect(prompt.forms).toEqual([]);
  });

  it('presents nothing for an algorithm that the card lacks', async () => {
    const { cards, prompt, broker } = await scene(new ScriptedPrompt(['1234']));
    const lacking = { ...request, algorithm: 'ECDSA-SHA256', digest: new Uint8Array(32) } as const;
    expect(await result(broker.signing('test').sign(lacking))).toMatchObject({ code: 'key-algorithm' });
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 0, clean: true });
  });

  it('with a wrong PIN costs one try and signs nothing', async () => {
    const { cards, broker } = await scene(new ScriptedPrompt(['0000']));
    expect(await result(broker.signing('test').sign(request))).toEqual({
      code: 'pin-wrong',
      facts: { pin: 'PIN1', triesLeft: 4 },
    });
    expect(cards.seen).toEqual(['00cb00ff', '00200011']);
  });

  it('tells the step that the card refuses', async () => {
    const { cards, broker } = await scene(new ScriptedPrompt(['1234']));
    cards.hook = (apdu, run) => (apdu[2] === 0x9e ? Uint8Array.of(0x69, 0x82) : run());
    expect(await result(broker.signing('test').sign(request))).toEqual({
      code: 'card-refused',
      facts: { step: 'sign', status: '6982' },
    });
  });
});
