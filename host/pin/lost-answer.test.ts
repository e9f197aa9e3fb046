import { describe, expect, it } from 'vitest';
import { result, scene } from '../../test/faults/scene.js';
import { presents } from '../../test/faults/presents.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';

const verifyPin1 = { card: 'card-1', pin: 'PIN1' } as const;
const verifyWith = (...typed: string[]): ScriptedPrompt => new ScriptedPrompt(...typed.map((digits) => [digits]));

describe('a lost answer', () => {
  it('is told with the counter as it is afterwards, and nothing is sent again', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('0000'));
    cards.hook = (apdu, run) => {
      const answer = run();
      if (presents(apdu)) throw new Error('gone');
      return answer;
    };
    expect(await result(pins.verify(verifyPin1))).toEqual({
      code: 'outcome-unknown',
      facts: { pin: 'PIN1', triesLeft: 4 },
    });
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 1, clean: true });
  });

  it('is told without a counter when the card is gone', async () => {
    const { cards, pins } = await scene(verifyWith('0000'));
    cards.hook = (apdu, run) => {
      if (!presents(apdu)) return run();
      cards.present = false;
      throw new Error('gone');
    };
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'outcome-unknown', facts: { pin: 'PIN1' } });
    expect(cards.evaluated).toBe(0);
  });

  it('before the PIN command is no more than a failed probe', async () => {
    const { cards, prompt, pins } = await scene(verifyWith('1234'));
    cards.hook = () => {
      throw new Error('gone');
    };
    expect(await result(pins.verify(verifyPin1))).toEqual({ code: 'internal', facts: { why: 'gone' } });
    expect({ evaluated: cards.evaluated, clean: prompt.clean }).toEqual({ evaluated: 0, clean: true });
  });

  it('does not hide that the card said yes before it was pulled out', async () => {
    const { cards, pins } = await scene(new ScriptedPrompt(['1234', '4321', '4321']));
    const use = cards.use.bind(cards);
    cards.use = async (id, run) => {
      await use(id, run);
      cards.present = false;
      throw new Error('gone while the verified state was dropped');
    };
    expect(await result(pins.change(verifyPin1))).toEqual({ pin: 'PIN1', state: 'ok' });
  });

  it.each([0x6f00, 0x6982, 0x6700, 0x6c10, 0x0000])(
    'differs from status %i, which is told with its step and not repeated',
    async (word) => {
      const { cards, pins } = await scene(verifyWith('1234'));
      cards.hook = (apdu, run) => (!presents(apdu) ? run() : Uint8Array.of(word >> 8, word & 0xff));
      const status = word.toString(16).padStart(4, '0');
      expect(await result(pins.verify(verifyPin1))).toEqual({
        code: 'card-refused',
        facts: { step: 'verify', status },
      });
      expect(cards.seen).toEqual(['00cb00ff', '00200011']);
    },
  );
});
