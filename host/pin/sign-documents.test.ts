import type { DocumentSignature, ProgressStep } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { FakeCards, fakeProfile } from '../../test/faults/fake-cards.js';
import { logTo, result } from '../../test/faults/scene.js';
import { ScriptedPrompt } from '../../test/faults/scripted-prompt.js';
import { PinBroker } from './broker.js';
import type { SigningBatch } from './sign-documents.js';

const names = ['a.pdf', 'b.pdf', 'c.pdf'];
const shown = names.map((name) => ({ name, size: 1, sha256: name }));
const batch: SigningBatch = {
  card: 'card-1',
  key: '45',
  algorithm: 'ECDSA-SHA384',
  documents: names.map((document) => ({ document, digest: new Uint8Array(48) })),
  shown,
};

/** A card that wants the PIN once, or for each signature. */
async function stage(prompt: ScriptedPrompt, { each = false, signal = new AbortController().signal } = {}) {
  const cards = new FakeCards({ ...fakeProfile, keys: fakeProfile.keys.map((key) => ({ ...key, userConsent: each })) });
  cards.eachTime = each;
  await cards.read();
  const steps: (number | undefined)[] = [];
  const told = ({ value }: ProgressStep): void => void steps.push(value);
  const sign = (change: Partial<SigningBatch> = {}) =>
    result(
      new PinBroker(cards, prompt, logTo([])).signing('test', signal).signDocuments({ ...batch, ...change, told }),
    );
  return { cards, sign, steps };
}

const brief = (outcome: unknown): unknown =>
  Array.isArray(outcome)
    ? (outcome as DocumentSignature[]).map((one) => ('value' in one ? 'signed' : one.failure.code))
    : outcome;

/** The n-th signature of the card, from 1, goes wrong in this way. */
function failing(cards: FakeCards, n: number, fail: () => Uint8Array): void {
  let made = 0;
  cards.hook = (apdu, run) => (apdu[2] === 0x9e && ++made === n ? fail() : run());
}

describe('a card that wants its PIN once', () => {
  it('signs all with one consent that lists them, one PIN and one transaction', async () => {
    const prompt = new ScriptedPrompt(['1234']);
    const { cards, sign, steps } = await stage(prompt);
    expect(brief(await sign())).toEqual(['signed', 'signed', 'signed']);
    expect(prompt.forms.map(({ documents }) => documents)).toEqual([{ all: shown }]);
    expect([cards.evaluated, prompt.clean, steps]).toEqual([1, true, [1 / 3, 2 / 3, 1]]);
  });

  it('that refuses one signs the others', async () => {
    const { cards, sign } = await stage(new ScriptedPrompt(['1234']));
    failing(cards, 2, () => Uint8Array.of(0x6a, 0x80));
    expect(brief(await sign())).toEqual(['signed', 'card-refused', 'signed']);
  });

  it('that wants the PIN again after all is not asked on', async () => {
    const { cards, sign } = await stage(new ScriptedPrompt(['1234']));
    failing(cards, 2, () => Uint8Array.of(0x69, 0x82));
    expect(brief(await sign())).toEqual(['signed', 'card-refused', 'card-refused']);
    expect([cards.evaluated, cards.seen.filter((apdu) => apdu === '002a9e9a').length]).toEqual([1, 2]);
  });

  it('that is pulled out keeps what it signed', async () => {
    const { cards, sign } = await stage(new ScriptedPrompt(['1234']));
    failing(cards, 2, () => {
      cards.present = false;
      throw new Error('gone');
    });
    expect(brief(await sign())).toEqual(['signed', 'internal', 'internal']);
  });

  it('gives what was signed before the person cancelled', async () => {
    const cancel = new AbortController();
    const { cards, sign } = await stage(new ScriptedPrompt(['1234']), { signal: cancel.signal });
    cards.hook = (apdu, run) => {
      if (apdu[2] === 0x9e) cancel.abort();
      return run();
    };
    expect(brief(await sign())).toEqual(['signed', 'cancelled', 'cancelled']);
  });

  it('with a wrong PIN signs nothing and costs one try', async () => {
    const { cards, sign } = await stage(new ScriptedPrompt(['0000']));
    expect(await sign()).toEqual({ code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 4 } });
    expect([cards.evaluated, cards.seen.includes('002a9e9a')]).toEqual([1, false]);
  });
});

describe('a card that wants its PIN for each', () => {
  it('is honest about it, and asks for each by its name', async () => {
    const prompt = new ScriptedPrompt(['1234'], ['1234'], ['1234']);
    const { cards, sign } = await stage(prompt, { each: true });
    expect(brief(await sign())).toEqual(['signed', 'signed', 'signed']);
    expect(prompt.forms.map(({ documents }) => documents)).toEqual([0, 1, 2].map((each) => ({ all: shown, each })));
    expect([cards.evaluated, prompt.clean]).toEqual([3, true]);
  });

  it('asks for one document as any other card', async () => {
    const prompt = new ScriptedPrompt(['1234']);
    const { sign } = await stage(prompt, { each: true });
    await sign({ documents: batch.documents.slice(0, 1), shown: shown.slice(0, 1) });
    expect(prompt.forms.map(({ documents }) => documents)).toEqual([{ all: shown.slice(0, 1) }]);
  });

  it('after a wrong PIN the rest is not tried: one presentation, no second', async () => {
    const prompt = new ScriptedPrompt(['1234'], ['0000'], ['1234']);
    const { cards, sign } = await stage(prompt, { each: true });
    expect(brief(await sign())).toEqual(['signed', 'pin-wrong', 'pin-wrong']);
    expect([cards.evaluated, cards.wrong, prompt.forms.length]).toEqual([2, 1, 2]);
  });

  it('a document that the person does not sign ends it, and the earlier ones stand', async () => {
    const { cards, sign } = await stage(new ScriptedPrompt(['1234']), { each: true });
    expect(brief(await sign())).toEqual(['signed', 'cancelled', 'cancelled']);
    expect(cards.evaluated).toBe(1);
  });
});

describe('nothing is asked', () => {
  it.each([
    ['for an unknown key', { key: '99' }, 'key-unknown'],
    ['for no documents', { documents: [], shown: [] }, 'call-invalid'],
    [
      'when one digest is of another length',
      { documents: [...batch.documents.slice(1), { document: 'x', digest: new Uint8Array(32) }] },
      'call-invalid',
    ],
    ['when the host knows fewer documents', { shown: shown.slice(1) }, 'call-invalid'],
  ])('%s', async (_why, change, code) => {
    const prompt = new ScriptedPrompt(['1234']);
    const { sign } = await stage(prompt);
    expect(await sign(change)).toMatchObject({ code });
    expect(prompt.forms).toEqual([]);
  });

  it('of the card for an algorithm that it lacks', async () => {
    const { cards, sign } = await stage(new ScriptedPrompt(['1234']));
    const documents = names.map((document) => ({ document, digest: new Uint8Array(32) }));
    expect(await sign({ algorithm: 'ECDSA-SHA256', documents })).toMatchObject({ code: 'key-algorithm' });
    expect(cards.evaluated).toBe(0);
  });
});
