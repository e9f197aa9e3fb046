import { describe, expect, it } from 'vitest';
import { result, scene } from '../../test/faults/scene.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';

const point = Uint8Array.of(4, ...new Uint8Array(96).fill(1));
const request = { card: 'card-1', key: '45', point };

describe('opening with a key of a card', () => {
  it('asks nothing for an unknown key, or one of another kind', async () => {
    const { prompt, broker } = await scene(new ScriptedPrompt(['1234']));
    const decrypting = broker.decrypting('test');
    expect(await result(decrypting.agree({ ...request, key: '99' }))).toEqual({
      code: 'key-unknown',
      facts: { id: '99' },
    });
    const rsa = { card: 'card-1', key: '45', algorithm: 'RSA-PKCS1', cryptogram: new Uint8Array(256) } as const;
    expect(await result(decrypting.decipher(rsa))).toEqual({
      code: 'key-algorithm',
      facts: { key: '45', algorithm: 'RSA-PKCS1' },
    });
    expect(prompt.forms).toEqual([]);
  });

  it('says what it asks for, and presents nothing on a card that cannot do it', async () => {
    const { cards, prompt, broker } = await scene(new ScriptedPrompt(['1234']));
    expect(await result(broker.decrypting('test').agree(request))).toMatchObject({ code: 'key-algorithm' });
    expect({
      asked: prompt.forms.map(({ operation }) => operation),
      evaluated: cards.evaluated,
      clean: prompt.clean,
    }).toEqual({ asked: ['decrypt'], evaluated: 0, clean: true });
  });
});
