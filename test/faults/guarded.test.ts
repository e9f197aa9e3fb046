import { failureData } from '@sigill/core';
import type { CardName, CardState } from '@sigill/core/sim';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../host/cards/read-certificate.js';
import { PinBroker } from '../../host/pin/broker.js';
import { testKey } from '../../host/pin/test-key.js';
import { logTo, result } from './scene.js';
import { ScriptedPrompt } from './scripted-prompt.js';
import { openStage, type Stage } from './stage.js';

const pin1 = (stage: Stage) => ({ card: stage.id, pin: 'PIN1' }) as const;

/** Tries left of PIN1 in the chip itself. */
function triesOf({ card }: Stage, reference = 0x11): number | undefined {
  return card.pins.get(reference)?.triesLeft;
}

async function withStage(
  card: CardName,
  state: CardState,
  prompt: ScriptedPrompt,
  use: (stage: Stage) => Promise<void>,
): Promise<void> {
  const stage = await openStage(card, state, prompt);
  try {
    await use(stage);
  } finally {
    await stage.close();
  }
}

describe('tries on a whole card', () => {
  it('go down by one for each wrong PIN, the last two only after another yes, and never by a value known to be wrong', async () => {
    const prompt = new ScriptedPrompt(
      ...['1111', '2222', '3333', '4444', '4444', '3333', '5555', '1234'].map((digits) => [digits]),
    );
    await withStage('fineid-v4', 'normal', prompt, async (stage) => {
      const pins = stage.broker.for('test');
      const told: unknown[] = [];
      for (const agrees of [true, true, true, false, true, true, true, true]) {
        prompt.agrees = agrees;
        const { code, facts } = failureData(await pins.verify(pin1(stage)).catch((error: unknown) => error));
        told.push([code, facts['triesLeft'], triesOf(stage)]);
      }
      expect(told).toEqual([
        ['pin-wrong', 4, 4],
        ['pin-wrong', 3, 3],
        ['pin-wrong', 2, 2],
        ['guard-last-tries', 2, 2],
        ['pin-wrong', 1, 1],
        ['guard-known-wrong', undefined, 1],
        ['pin-locked', undefined, 0],
        ['pin-locked', undefined, 0],
      ]);
      expect([prompt.forms.length, prompt.clean, stage.watched.clean]).toEqual([7, true, true]);
    });
  });

  it('that another program used while the person typed stop the presentation, and are shown the next time', async () => {
    const prompt = new ScriptedPrompt(['1234'], ['1234']);
    await withStage('fineid-v4', 'normal', prompt, async (stage) => {
      const other = async (): Promise<void> => {
        const connection = await stage.simulated.connect('Reader 1');
        await connection.transmit(Uint8Array.from(Buffer.from('00a404000ca000000063504b43532d3135', 'hex')));
        await connection.transmit(Uint8Array.from(Buffer.from('002000110c393939390000000000000000', 'hex')));
        await connection.disconnect('leave');
      };
      prompt.meanwhile = () => (prompt.forms.length === 1 ? other() : undefined);
      const pins = stage.broker.for('test');
      expect(await result(pins.verify(pin1(stage)))).toEqual({
        code: 'guard-tries-changed',
        facts: { pin: 'PIN1', shown: 5, triesLeft: 4 },
      });
      expect([triesOf(stage), stage.watched.presented.length, prompt.clean]).toEqual([4, 0, true]);
      expect(await result(pins.verify(pin1(stage)))).toEqual({ pin: 'PIN1', state: 'ok', triesLeft: 5 });
      expect(prompt.forms.map(({ atStake }) => atStake.triesLeft)).toEqual([5, 4]);
    });
  });

  it('are known again of a PIN that another program left verified, so that no extra yes is asked for', async () => {
    const prompt = new ScriptedPrompt(['9999']);
    prompt.agrees = false;
    await withStage('fineid-org', 'normal', prompt, async (stage) => {
      const connection = await stage.simulated.connect('Reader 1');
      await connection.transmit(Uint8Array.from(Buffer.from('00a404000ca000000063504b43532d3135', 'hex')));
      await connection.transmit(Uint8Array.from(Buffer.from('002000030431323334', 'hex')));
      await connection.disconnect('leave');
      await stage.cards.use(stage.id, async () => undefined);
      expect([stage.card.isVerified(0x03), stage.cards.card(stage.id).pins[0]?.triesLeft]).toEqual([true, undefined]);
      expect(await result(stage.broker.for('test').verify(pin1(stage)))).toEqual({
        code: 'pin-wrong',
        facts: { pin: 'PIN1', triesLeft: 4 },
      });
      expect(prompt.forms.map(({ atStake, lastTries }) => [atStake.triesLeft, lastTries])).toEqual([[5, false]]);
    });
  });

  it('are asked for no longer when the card is pulled out while the person types', async () => {
    const prompt = new ScriptedPrompt(['1234']);
    await withStage('fineid-v4', 'normal', prompt, async (stage) => {
      prompt.meanwhile = () => {
        stage.simulated.remove('Reader 1');
        return new Promise(() => {});
      };
      expect(await result(stage.broker.for('test').verify(pin1(stage)))).toEqual({
        code: 'card-removed',
        facts: { reader: 'Reader 1' },
      });
      expect(triesOf(stage)).toBe(5);
    });
  });

  it('are not spent twice by two brokers whose persons were shown the same counter', async () => {
    const [first, second] = [new ScriptedPrompt(['9999']), new ScriptedPrompt(['8888'])];
    await withStage('fineid-v4', 'normal', first, async (stage) => {
      const both = [stage.broker, new PinBroker(stage.cards, second, logTo([]))];
      const told = await Promise.all(both.map((broker) => result(broker.for('test').verify(pin1(stage)))));
      expect(told).toMatchObject([
        { code: 'pin-wrong' },
        { code: 'guard-tries-changed', facts: { shown: 5, triesLeft: 4 } },
      ]);
      expect([triesOf(stage), first.clean, second.clean]).toEqual([4, true, true]);
    });
  });

  it('are not spent by anybody who cancels, whenever it is', async () => {
    for (const moment of ['before', 'typing', 'typed'] as const) {
      const stop = new AbortController();
      const prompt = new ScriptedPrompt(['9999']);
      if (moment === 'before') stop.abort();
      prompt.meanwhile = async () => {
        if (moment === 'typing') stop.abort();
        if (moment === 'typed') queueMicrotask(() => stop.abort());
      };
      await withStage('fineid-v4', 'normal', prompt, async (stage) => {
        expect(await result(stage.broker.for('test', stop.signal).verify(pin1(stage)))).toEqual({
          code: 'cancelled',
          facts: {},
        });
        expect([triesOf(stage), stage.card.counters.presentations, prompt.clean]).toEqual([5, 0, true]);
      });
    }
  });

  it('of the PUK are the same for every PIN that it opens', async () => {
    const wrong = ['99999999', '4711', '4711'];
    const prompt = new ScriptedPrompt(wrong, ['99999999', '471147', '471147']);
    await withStage('fineid-org', 'pin1-locked', prompt, async (stage) => {
      const pins = stage.broker.for('test');
      expect(await result(pins.unlock(pin1(stage)))).toEqual({ code: 'puk-wrong', facts: { triesLeft: 4 } });
      expect(await result(pins.unlock({ card: stage.id, pin: 'PIN2' }))).toEqual({
        code: 'guard-known-wrong',
        facts: { pin: 'PUK' },
      });
      expect(triesOf(stage, 0x12)).toBe(4);
    });
  });

  it('of a PUK at its last one need another yes, and a locked one is not even asked for', async () => {
    const last = new ScriptedPrompt(['12345678', '4711', '4711']);
    last.agrees = false;
    await withStage('fineid-v4', 'puk-last-try', last, async (stage) => {
      expect(await result(stage.broker.for('test').unlock(pin1(stage)))).toEqual({
        code: 'guard-last-tries',
        facts: { pin: 'PUK', triesLeft: 1 },
      });
      expect(stage.card.counters.presentations).toBe(0);
    });
    const never = new ScriptedPrompt();
    await withStage('fineid-v4', 'puk-locked', never, async (stage) => {
      expect(await result(stage.broker.for('test').unlock(pin1(stage)))).toEqual({ code: 'puk-locked', facts: {} });
      expect(never.forms).toEqual([]);
    });
  });

  it('are not at stake when the card does not let its application be selected', async () => {
    await withStage('fineid-v4', 'normal', new ScriptedPrompt(['9999']), async (stage) => {
      stage.simulated.foreignReset('Reader 1');
      stage.card.inject({ at: 1, ins: 0xa4, kind: 'status', status: 0x6f00 });
      await result(stage.broker.for('test').verify(pin1(stage)));
      expect([stage.card.counters.presentations, triesOf(stage)]).toEqual([0, 5]);
    });
  });
});

describe('an activation that was broken off', () => {
  it.each(['fineid-v4', 'fineid-org'] as const)(
    'is finished with PIN2 alone when the card comes back: %s',
    async (card) => {
      const prompt = new ScriptedPrompt(
        ['12345678', '4711', '4711', '471147', '471147'],
        ['12345678', '471147', '471147'],
      );
      await withStage(card, 'new-a', prompt, async (stage) => {
        // The second RESET RETRY COUNTER is not done, and the card comes out.
        stage.card.inject({ at: 2, ins: 0x2c, kind: 'removed-before' });
        const broken = await result(stage.broker.for('test').activate({ card: stage.id }));
        expect(broken).toMatchObject({
          code: 'activation-incomplete',
          facts: { done: ['PIN1'], missing: ['PIN2'], cause: { code: 'outcome-unknown' } },
        });
        const { id, activation } = await stage.settled();
        expect(activation?.missing).toEqual(['PIN2']);
        expect(await result(stage.broker.for('test').activate({ card: id }))).toMatchObject({
          pins: [{ pin: 'PIN2', state: 'ok' }],
        });
        expect(prompt.forms[1]?.fields.map(({ name }) => name)).toEqual(['code', 'new:PIN2', 'again:PIN2']);
        expect((await stage.settled()).activation).toBeUndefined();
      });
    },
  );
});

describe('what is written down', () => {
  it('never has the digits: not the log, not the trace of the card, not what was sent', async () => {
    const typed = [
      ['73519', '60482', '60482'],
      ['1234', '60482', '60482'],
    ];
    const prompt = new ScriptedPrompt(...typed);
    await withStage('fineid-v4', 'normal', prompt, async (stage) => {
      const pins = stage.broker.for('test');
      const told = [await result(pins.change(pin1(stage))), await result(pins.change(pin1(stage)))];
      const written = [
        stage.lines.join('\n'),
        JSON.stringify(told),
        JSON.stringify(stage.card.log),
        JSON.stringify(stage.watched.presented.map(({ apdu }) => Buffer.from(apdu).toString('hex'))),
      ].join('\n');
      expect(told).toMatchObject([{ code: 'pin-wrong' }, { state: 'ok' }]);
      expect(stage.lines.some((line) => line.includes('change'))).toBe(true);
      for (const digits of new Set(typed.flat())) {
        // The public bytes of a certificate may well have 1234 in them.
        const plain = digits === '1234' ? [] : [digits];
        const forms = [
          ...plain,
          Buffer.from(digits).toString('hex'),
          Buffer.from(digits).toString('base64').replaceAll('=', ''),
          [...Buffer.from(digits)].join(','),
        ];
        for (const form of forms) expect(written.toLowerCase()).not.toContain(form.toLowerCase());
      }
    });
  });
});

describe('a signature', () => {
  it('takes seven commands with the probe and the drop, leaves nothing verified, and fits its certificate', async () => {
    const prompt = new ScriptedPrompt(['1234'], ['123456'], ['123456']);
    await withStage('fineid-v4', 'normal', prompt, async (stage) => {
      const signing = stage.broker.signing('test');
      const { certificates } = stage.cards.card(stage.id);
      const ders = await Promise.all(
        certificates.map(({ id }) => readCertificate(stage.cards, stage.cards.card(stage.id), id)),
      );
      for (const [at, { id }] of certificates.entries()) {
        const before = stage.card.counters.apdus;
        const der = ders[at] ?? new Uint8Array();
        expect(await testKey(signing, stage.cards.card(stage.id), id, der)).toBe('ECDSA-SHA384');
        expect(stage.card.counters.apdus - before).toBe(7);
        expect([0x11, 0x82].filter((reference) => stage.card.isVerified(reference))).toEqual([]);
      }
      const other = testKey(
        signing,
        stage.cards.card(stage.id),
        certificates[1]?.id ?? '',
        ders[0] ?? new Uint8Array(),
      );
      await expect(other).rejects.toMatchObject({ code: 'key-test-failed' });
    });
  });
});
