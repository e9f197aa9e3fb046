import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProgressStep } from '@sigill/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DocumentHost } from '../documents/document-host.js';
import { ScriptedPrompt } from '../faults/scripted-prompt.js';
import { documentOf } from '../pdf/documents.js';

const plugin = '@sigill-plugin/pdf-sign';
const bundled = fileURLToPath(new URL('../../plugins', import.meta.url));
let whole: DocumentHost;
let prompt: ScriptedPrompt;

beforeEach(async () => {
  prompt = new ScriptedPrompt(['123456'], ['123456']);
  whole = await DocumentHost.start(
    () => prompt,
    ({ state }) => ({ bundled, user: state }),
  );
});
afterEach(() => whole.close());

it('who stops at the second code has the first document, and is told of each; progress counts them', async () => {
  const { host, stage } = whole;
  await whole.card();
  const scope = host.documents.scope(plugin);
  const documents: string[] = [];
  for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) {
    writeFileSync(join(stage.folder, name), documentOf());
    documents.push(await scope.open(join(stage.folder, name)));
  }
  const stopping = new AbortController();
  prompt.meanwhile = ({ documents: asked }) => {
    if (asked?.each === 1) stopping.abort();
  };
  const steps: ProgressStep[] = [];
  const { data } = await host.plugins.run('pdf-sign.sign', { documents }, stopping.signal, (step) => steps.push(step));
  const told = (data as unknown as { documents: { name: string; state: string; code?: string }[] }).documents;
  expect(told.map(({ name, state, code }) => `${name} ${code ?? state}`)).toEqual([
    'a.pdf signed',
    'b.pdf cancelled',
    'c.pdf cancelled',
  ]);
  expect(stage.names()).toEqual(['a-signed.pdf', 'a.pdf', 'b.pdf', 'c.pdf']);
  expect(host.journal.entries().map(({ kind, result }) => [kind, result?.name])).toEqual([
    ['delivered', 'a-signed.pdf'],
  ]);
  expect(steps.map(({ message }) => message?.key)).toEqual(
    expect.arrayContaining(['progress.prepare', 'progress.finish']),
  );
});
