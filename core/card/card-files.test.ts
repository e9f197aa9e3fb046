import { describe, expect, it } from 'vitest';
import { scriptedChannel } from '../sim/scripted-channel.js';
import { readFile, readHead, readObject, selectFile } from './card-files.js';
import type { Channel } from './channel.js';
import { finishCertificate, openCertificate } from './read-certificates.js';

describe('A file of a card', () => {
  const place = { id: '45', label: '', paths: ['4331'] };
  const select = ['00a40804(4331)/00', '6204 8102 0400 9000'] as const;
  const body = 'ab'.repeat(0x100);
  const header = '3082 0100';

  it('holds a certificate at an index, and no more of it is read than belongs to it', async () => {
    const channel = scriptedChannel([
      select,
      ['00b00010/100', `${header}${body.slice(0, 2 * 0xfc)} 9000`],
      ['00b00110/04', `${body.slice(0, 8)} 9000`],
    ]);
    const part = { ...place, index: 16, length: 300 };
    const opened = await openCertificate(channel, part);
    const { der } = await finishCertificate(channel, part, opened!);
    expect([der.length, channel.left]).toEqual([0x104, 0]);
  });

  it('that is an empty slot, or is not there, has none', async () => {
    const zeros = scriptedChannel([select, ['00b00000/100', `${'00'.repeat(256)}9000`]]);
    expect(await openCertificate(zeros, place)).toBeUndefined();
    for (const status of ['6a82', '6a88', '6982']) {
      expect(await openCertificate(scriptedChannel([[select[0], status]]), place)).toBeUndefined();
    }
  });

  it('without a length in its template is read until it ends', async () => {
    const steps = [
      ['00a40804(4331)/00', '9000'],
      ['00b00000/100', `${'aa'.repeat(256)}9000`],
      ['00b00100/100', '0102 6282'],
      ['00b00102/100', '6b00'],
    ] as const;
    const channel = scriptedChannel(steps);
    const file = await selectFile(channel, '4331');
    expect((await readFile(channel, file!)).length).toBe(258);
  });

  it('that ends early, or says more than it has, is malformed', async () => {
    const early = scriptedChannel([select, ['00b00000/100', 'aabb 9000'], ['00b00002/100', '6b00']]);
    await expect(selectFile(early, '4331').then((file) => readFile(early, file!))).rejects.toThrow('card-malformed');
    const liar = scriptedChannel([select, ['00b00000/100', `3082ffff${'00'.repeat(10)}9000`]]);
    const opened = selectFile(liar, '4331').then(async (file) => {
      return readObject(liar, file!, {}, await readHead(liar, file!));
    });
    await expect(opened).rejects.toThrow('card-malformed');
  });

  it('that comes in single bytes without end is given up', async () => {
    let sent = 0;
    const endless: Channel = {
      send({ ins }) {
        sent += 1;
        return Promise.resolve({ data: ins === 0xb0 ? Uint8Array.of(1) : new Uint8Array(), status: 0x9000 });
      },
    };
    const file = await selectFile(endless, '4331');
    expect((await readFile(endless, file!)).length).toBe(256);
    expect(sent).toBe(257);
  });
});
