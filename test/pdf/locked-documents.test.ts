import { Buffer } from 'node:buffer';
import type { Documents } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { documentOf, madeBy } from './documents.js';
import { lockedDocuments } from '../../plugins/pdf-sign/commands/locked-documents.js';
import { passwordsIn } from '../../plugins/pdf-sign/commands/passwords.js';

const encrypted = (user: string): Uint8Array =>
  madeBy(
    'qpdf',
    ['--encrypt', user, 'owner', '256', '--', 'in.pdf', 'out.pdf'],
    documentOf({ trailer: '/ID [<01><02>]' }),
  );

const files: Readonly<Record<string, Uint8Array>> = {
  plain: documentOf(),
  one: encrypted('Sesam'),
  two: encrypted(' a b '),
  // Everybody may read it; its owner alone may change it.
  open: encrypted(''),
  broken: Buffer.from('nothing of the kind'),
};
const documents = {
  info: async (id: string) => ({ id, name: `${id}.pdf`, size: files[id]?.length ?? 0 }),
  read: async (id: string, { offset, length }: { readonly offset: number; readonly length: number }) =>
    (files[id] ?? new Uint8Array()).slice(offset, offset + length),
} as unknown as Documents;

const locked = async (args: object): Promise<unknown> =>
  (await lockedDocuments({ documents }, { documents: Object.keys(files), ...args })).data;

describe('documents that need a password', () => {
  it('are told from those that open, and from those that are no documents', async () => {
    const missing = ['one', 'two'].map((document) => ({ document, code: 'pdf-password-missing' }));
    expect(await locked({})).toEqual({ locked: missing });
  });

  it('open with one for all, or with one of their own, taken letter by letter', async () => {
    expect(await locked({ password: 'Sesam' })).toEqual({ locked: [{ document: 'two', code: 'pdf-password-wrong' }] });
    expect(await locked({ password: 'Sesam', passwords: { two: ' a b ' } })).toEqual({ locked: [] });
    expect(await locked({ passwords: { one: 'owner', two: 'a b' } })).toEqual({
      locked: [{ document: 'two', code: 'pdf-password-wrong' }],
    });
  });
});

it.each([[undefined], [7], [['x']], ['text'], [{ d: 7 }], [{ d: '' }]])(
  'what is no table of passwords counts as none: %j',
  (passwords) => {
    expect(passwordsIn({ passwords } as never)('d')).toBeUndefined();
  },
);
