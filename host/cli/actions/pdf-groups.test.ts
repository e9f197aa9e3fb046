import { fileURLToPath } from 'node:url';
import { Failure } from '@sigill/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { hostTexts } from '../../messages/texts.js';
import type { Context } from '../context.js';
import type { Io } from '../io.js';
import { Say } from '../say.js';
import { inGroups } from './pdf-groups.js';

const file = fileURLToPath(import.meta.url);
const files = (count: number): readonly string[] => Array.from({ length: count }, () => file);

let written: string;
let groups: number[];
beforeEach(() => {
  written = '';
  groups = [];
});

function context(json: boolean, signal = new AbortController().signal): Context {
  const output = { write: (text: string | Uint8Array) => void (written += String(text)) };
  const io = { output, errors: output, environment: {}, signal } as unknown as Io;
  const texts = hostTexts('en');
  return { io, texts, say: new Say(io, texts, json) } as unknown as Context;
}

const signed = (group: readonly string[]) => {
  groups.push(group.length);
  const documents = group.map((_, at) => ({
    document: `d${at}`,
    state: 'signed',
    path: `/${groups.length}-${at}.pdf`,
  }));
  return Promise.resolve({ documents, text: [] });
};

describe('documents of one command line', () => {
  it('are signed as many at a time as one consent has room for, and answered as one', async () => {
    expect(await inGroups(context(true), files(2_000), signed)).toHaveLength(2_000);
    expect(groups).toEqual([400, 400, 400, 400, 400]);
    const { documents } = JSON.parse(written) as { documents: { path: string }[] };
    expect([documents.length, documents[1_999]?.path]).toEqual([2_000, '/5-399.pdf']);
  });

  it('are told of group by group, where there is more than one', async () => {
    await inGroups(context(false), files(401), signed);
    expect(written).toBe('Documents 1 to 400 of 401:\nDocuments 401 to 401 of 401:\n');
    written = '';
    await inGroups(context(false), files(400), signed);
    expect(written).toBe('');
  });

  it('of which a group fails: those before are answered all the same, and no other is begun', async () => {
    const failing = async (group: readonly string[]) => {
      if (groups.length === 1) throw new Failure('pin-wrong', { pin: 'PIN2', triesLeft: 2 });
      return await signed(group);
    };
    await expect(inGroups(context(true), files(1_000), failing)).rejects.toMatchObject({ code: 'pin-wrong' });
    expect((JSON.parse(written) as { documents: unknown[] }).documents).toHaveLength(400);
    expect(groups).toEqual([400]);
  });

  it('are all there before the first is begun', async () => {
    const gone = [...files(400), `${file}.gone`];
    await expect(inGroups(context(true), gone, signed)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(groups).toEqual([]);
  });

  it('end with the group in which the person cancels', async () => {
    const cancelling = new AbortController();
    await inGroups(context(true, cancelling.signal), files(1_000), (group) => {
      cancelling.abort();
      return signed(group);
    });
    expect(groups).toEqual([400]);
  });
});
