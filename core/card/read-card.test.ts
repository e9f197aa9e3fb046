import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCard, type CardState, type SimulatedCard } from '../sim/index.js';
import type { CardReading } from './card-reading.js';
import type { Channel } from './channel.js';
import { openChannel } from './open-channel.js';
import { parseProfile } from './parse-profile.js';
import { readCard } from './read-card.js';

const folder = new URL('../../plugins/', import.meta.url);
const files = ['citizen-v3.0', 'citizen-v3.1', 'citizen-v4', 'organisation'].map(
  (name) => `fineid/profiles/fineid-${name}.json`,
);
const profiles = [...files, 'myeid/profiles/myeid.json'].map((path) =>
  parseProfile(JSON.parse(readFileSync(new URL(path, folder), 'utf8')), path),
);

/** A card put in: its reading, and the channel to it. */
async function read(card: SimulatedCard): Promise<{ readonly reading: CardReading; readonly channel: Channel }> {
  const atr = card.powerOn();
  const channel = openChannel((apdu) => card.transmit(apdu), card.protocol);
  return { reading: await readCard(channel, { reader: 'R', id: 'C', atr, profiles }), channel };
}

describe('The state of a card', () => {
  const told = async (name: Parameters<typeof createCard>[0], state: CardState): Promise<unknown[]> => {
    const { reading, channel } = await read(createCard(name, state));
    const { card, status } = reading.complete ? await reading.complete(channel) : reading;
    const pins = [...card.pins, ...(card.puk ? [card.puk] : [])].map(
      (pin) => `${pin.id} ${pin.state} ${pin.triesLeft ?? '-'}`,
    );
    const { activation } = card;
    return [
      card.profile,
      status,
      pins.join(', '),
      activation && `${activation.scheme} ${activation.missing.join(' ')}`,
    ];
  };

  it.each([
    [
      'fineid-v4',
      'new-a',
      'fineid-citizen',
      'not-activated',
      'PIN1 not-set -, PIN2 not-set -, PUK ok 5',
      'A PIN1 PIN2',
    ],
    [
      'fineid-v4',
      'new-b',
      'fineid-citizen',
      'not-activated',
      'PIN1 not-set 5, PIN2 not-set 5, PUK ok 5',
      'B PIN1 PIN2',
    ],
    ['fineid-v4', 'half', 'fineid-citizen', 'half-activated', 'PIN1 ok 5, PIN2 not-set -, PUK ok 5', 'A PIN2'],
    ['fineid-v4', 'normal', 'fineid-citizen', 'ready', 'PIN1 ok 5, PIN2 ok 5, PUK ok 5', undefined],
    ['fineid-v4', 'pin1-locked', 'fineid-citizen', 'pin-locked', 'PIN1 locked 0, PIN2 ok 5, PUK ok 5', undefined],
    ['fineid-v4', 'puk-last-try', 'fineid-citizen', 'pin-locked', 'PIN1 locked 0, PIN2 ok 5, PUK ok 1', undefined],
    ['fineid-v4', 'puk-locked', 'fineid-citizen', 'puk-locked', 'PIN1 locked 0, PIN2 ok 5, PUK locked 0', undefined],
    ['fineid-v4', 'expired', 'fineid-citizen', 'no-certificate', 'PIN1 ok 5, PIN2 ok 5, PUK ok 5', undefined],
    [
      'fineid-v3',
      'new-a',
      'fineid-citizen',
      'not-activated',
      'PIN1 not-set -, PIN2 not-set -, PUK ok 5',
      'A PIN1 PIN2',
    ],
    [
      'fineid-org',
      'new-a',
      'fineid-organisation',
      'not-activated',
      'PIN1 not-set -, PIN2 not-set -, PUK ok 5',
      'C PIN1 PIN2',
    ],
    ['fineid-org', 'half', 'fineid-organisation', 'half-activated', 'PIN1 ok 5, PIN2 not-set -, PUK ok 5', 'C PIN2'],
    ['fineid-org', 'pin1-locked', 'fineid-organisation', 'pin-locked', 'PIN1 locked 0, PIN2 ok 5, PUK ok 5', undefined],
    ['siths-like', 'normal', 'iso7816-15', 'ready', 'PIN1 ok 3, PIN2 ok 3, PUK ok 10', undefined],
    ['siths-like', 'pin1-locked', 'iso7816-15', 'pin-locked', 'PIN1 locked 0, PIN2 ok 3, PUK ok 10', undefined],
    ['myeid', 'normal', 'myeid', 'ready', 'PIN1 ok 5, PIN2 ok 5, PUK ok 5', undefined],
    ['myeid', 'expired', 'myeid', 'no-certificate', 'PIN1 ok 5, PIN2 ok 5, PUK ok 5', undefined],
  ] as const)('%s:%s', async (name, state, ...expected) => {
    expect(await told(name, state)).toEqual(expected);
  });

  it('costs no try, on any card', async () => {
    for (const state of ['new-a', 'half', 'puk-last-try'] as const) {
      const card = createCard('fineid-v4', state);
      const { reading, channel } = await read(card);
      await reading.complete?.(channel);
      expect(card.counters.presentations).toBe(0);
    }
  });

  it('reads the PUK first when a code is wanted', async () => {
    const { reading } = await read(createCard('fineid-v4', 'new-a'));
    expect(reading.card.activation).toMatchObject({
      codeTriesLeft: 5,
      codeTriesMax: 5,
      codeMinLength: 8,
      codeMaxLength: 8,
    });
    expect(reading.complete).toBeUndefined();
  });
});

describe('What is read of a card', () => {
  it('has six certificates on a card known by its directories alone, each with its PIN', async () => {
    const { card } = (await read(createCard('siths-like'))).reading;
    expect(card.certificates.map(({ id, label, key }) => `${id} ${label} ${key.pin}`)).toEqual([
      '45 Person-id legitimering PIN1',
      '46 Person-id underskrift PIN2',
      '47 HSA-id legitimering PIN1',
      '48 HSA-id underskrift PIN2',
      '49 Type 1 legitimering PIN1',
      '4a Type 1 underskrift PIN2',
    ]);
    expect([card.label, card.serial, card.holder]).toEqual(['Tjänstekort', '9752000000001001', 'Karin Exempelsson']);
  });

  it.each([
    ['fineid-v3', ['45']],
    ['fineid-v4', ['45']],
    ['fineid-org', []],
    ['siths-like', []],
  ] as const)('of %s tells with which keys it opens what is encrypted: %j', async (name, opening) => {
    const { card } = (await read(createCard(name))).reading;
    expect(card.certificates.flatMap(({ id, key }) => (key.decrypts ? [id] : []))).toEqual(opening);
  });

  it('is the same from a card that gives 181 bytes at a time', async () => {
    const { card } = (await read(createCard('fineid-v3', 'normal', { readSize: 181 }))).reading;
    const whole = (await read(createCard('fineid-v3'))).reading.card;
    expect(card.certificates).toEqual(whole.certificates);
  });

  it('asks six digits for PIN2 of an organisation card, four where the issuer does not tell', async () => {
    const { card } = (await read(createCard('fineid-org'))).reading;
    expect(card.pins.map(({ minLength, maxLength }) => [minLength, maxLength])).toEqual([
      [4, 8],
      [6, 8],
    ]);
  });
});
