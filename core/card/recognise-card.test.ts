import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCard } from '../sim/index.js';
import { type ScriptStep, scriptedChannel } from '../sim/scripted-channel.js';
import { toHex } from './bytes.js';
import type { CardReading } from './card-reading.js';
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

describe('A card is told from look-alikes', () => {
  const atr = createCard('fineid-v4').powerOn();
  const run = (steps: readonly ScriptStep[]): Promise<CardReading> => {
    const channel = scriptedChannel(steps);
    const request = { reader: 'R', id: 'C', atr, profiles };
    return readCard(channel, request).finally(() => expect(channel.left).toBe(0));
  };
  const select: ScriptStep = ['00a4040c(a000000063504b43532d3135)', '9000'];
  const selected = (path: string, p1 = '08'): ScriptStep => [`00a4${p1}04(${path})/00`, '6a82'];

  it('by the empty VERIFY: citizen bytes and an organisation’s PINs are an organisation card', async () => {
    const reading = await run([
      select,
      ['00cb00ff(a003830111)/00', '6d00'],
      ['00200011', '6a88'],
      ['00cb00ff(a003830182)/00', '6d00'],
      ['00200082', '6a88'],
      ['00200011', '6a88'],
      ['00200003', '63c5'],
      ['00200004', '63c5'],
      selected('4331'),
      ['00a4040c(452e5349474e)', '6a82'],
      selected('50164332'),
      selected('4332'),
    ]);
    expect([reading.card.profile, reading.status]).toEqual(['fineid-organisation', 'no-certificate']);
  });

  it('and what no profile knows and has no directories is not recognised', async () => {
    const steps: ScriptStep[] = [
      ['00a4040c(a000000063504b43532d3135)', '6a82'],
      selected('2f00'),
      selected('3f002f00'),
      ['00a4040c(a000000063504b43532d3135)', '6a82'],
    ];
    await expect(run(steps)).rejects.toMatchObject({
      code: 'card-unrecognised',
      facts: { reader: 'R', atr: toHex(atr) },
    });
  });

  it('and a citizen card is confirmed before it is believed', async () => {
    const attributes = (reference: string): string => `a00e8301${reference}df210405ffa503df2f01019000`;
    const reading = await run([
      select,
      ['00cb00ff(a003830111)/00', attributes('11')],
      ['00cb00ff(a003830182)/00', attributes('82')],
      selected('4331'),
      ['00200011', '63c5'],
      selected('50164332'),
      selected('4332'),
    ]);
    expect([reading.card.profile, reading.status]).toEqual(['fineid-citizen', 'no-certificate']);
  });
});

describe('A card that talks nonsense', () => {
  it.each(['6a82', '9000', '6f00', '6282', 'ffffffffff9000', '30823fff9000', '6204810203ff9000', '6c00', '6984'])(
    'with %s to everything is read or refused, and soon',
    async (answer) => {
      let sent = 0;
      const channel = openChannel(() => {
        sent += 1;
        return Promise.resolve(Uint8Array.from(Buffer.from(answer, 'hex')));
      }, 'T=1');
      const result = await readCard(channel, { reader: 'R', id: 'C', atr: createCard('fineid-v4').atr, profiles }).then(
        ({ status }) => status,
        (failure: { code: string }) => failure.code,
      );
      expect(result).toMatch(/^(card-|no-certificate|not-activated)/);
      expect(sent).toBeLessThan(1_000);
    },
  );
});
