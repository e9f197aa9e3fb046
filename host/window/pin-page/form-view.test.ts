import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formOf } from '../../../test/faults/form.js';
import { hostMessages, readTexts } from '../../messages/texts.js';
import type { ShownDocuments } from '../../pin/prompt.js';
import { formView } from './form-view.js';

const texts = readTexts(join(hostMessages, 'pin-page'), 'en');
const all = ['a.pdf', '<b>.pdf'].map((name) => ({ name, size: 1, sha256: 'ab'.repeat(32) }));

const view = (documents: ShownDocuments) =>
  formView({ form: { ...formOf({ operation: 'sign' }), documents }, texts, key: '', patience: 0, onReader: false });

it('the page shows what is signed: how many, their names and digests', () => {
  const { facts, documents } = view({ all });
  expect(facts.find(({ name }) => name === 'What for')?.value).toBe('To sign 2 documents');
  expect(documents).toEqual({
    title: '2 documents to sign, with SHA-256',
    items: all.map(({ name, sha256: digest }) => ({ name, digest })),
  });
});

it('a card that asks for each says so, and which one it is', () => {
  const { facts, documents } = view({ all, each: 1 });
  expect(facts.find(({ name }) => name === 'This document')?.value).toBe('<b>.pdf (2 of 2)');
  expect(documents?.each).toBe('This card asks for the code for each document: 2 times in all.');
});
