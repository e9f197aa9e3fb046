import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CardName, createCard } from '../sim/index.js';
import type { CardDetails } from '../api/cards.js';
import { openChannel } from './open-channel.js';
import { parseProfile } from './parse-profile.js';
import { readCard } from './read-card.js';
import { readDetails } from './read-details.js';
import { printedSerial } from './serial.js';

const folder = new URL('../../plugins/', import.meta.url);
const profiles = [
  'fineid/profiles/fineid-citizen-v3.1',
  'fineid/profiles/fineid-citizen-v4',
  'fineid/profiles/fineid-organisation',
  'myeid/profiles/myeid',
].map((path) => parseProfile(JSON.parse(readFileSync(new URL(`${path}.json`, folder), 'utf8')), path));

async function details(name: CardName): Promise<CardDetails> {
  const card = createCard(name);
  const atr = card.powerOn();
  const channel = openChannel((apdu) => card.transmit(apdu), card.protocol);
  const { profile } = await readCard(channel, { reader: 'R', id: 'C', atr, profiles });
  return readDetails(channel, profile);
}

const written = ({ caCertificates, keys, serial, label, notes }: CardDetails): unknown => ({
  ca: caCertificates.map(({ subject }) => subject.split(',')[0]),
  keys: keys.map(({ id, pin, algorithm, size, usage }) => `${id} ${pin} ${algorithm} ${size} ${usage.join('+')}`),
  serial,
  label,
  notes,
});

describe('Details of a card', () => {
  it('of a citizen: each CA certificate once, keys with their PINs, the printed number', async () => {
    expect(written(await details('fineid-v4'))).toEqual({
      ca: ['CN=Sigill TEST Citizen Certificates', 'CN=Sigill TEST Root CA'],
      keys: ['45 PIN1 EC 384 sign+derive', '46 PIN2 EC 384 sign'],
      serial: 'SG4000001',
      label: 'Suomi, Finland',
      notes: [],
    });
  });

  it('of an organisation: what is not known to open anything only signs, whatever its certificate says', async () => {
    const { keys } = await details('fineid-org');
    expect(keys.map(({ id, usage }) => [id, usage])).toEqual([
      ['45', ['sign']],
      ['46', ['sign']],
    ]);
  });

  it('of a card known by its directories: trusted and useful certificates', async () => {
    expect(written(await details('siths-like'))).toMatchObject({
      ca: [
        'CN=Sigill TEST Root CA',
        'CN=TEST Sigill e-id Person ID 3 CA',
        'CN=TEST Sigill e-id Person HSA-id 3 CA',
        'CN=TEST Sigill Type 1 CA',
      ],
      serial: '9752000000001001',
      label: 'Tjänstekort',
      notes: [],
    });
  });

  it('of MyEID: four keys', async () => {
    expect((await details('myeid')).keys.map(({ algorithm, size }) => `${algorithm} ${size}`)).toEqual([
      'RSA 2048',
      'EC 384',
      'EC 384',
      'RSA 2048',
    ]);
  });
});

describe('The printed number', () => {
  const ascii = (text: string): string => Buffer.from(text).toString('hex');

  // cards.md §1.4: new cards tell it in ASCII, older ones in BCD.
  it.each([
    [ascii('24600000000SG4000001'), 'tail-9', 'SG4000001'],
    ['12345678901234567890', 'tail-9', '012345678'],
    ['0a0b', 'tail-9', '0A0B'],
    [ascii('ABC'), 'whole', 'ABC'],
    ['0a0b', undefined, '0A0B'],
  ] as const)('%s as %s is %s', (serial, form, printed) => {
    expect(printedSerial(serial, form)).toBe(printed);
  });
});
