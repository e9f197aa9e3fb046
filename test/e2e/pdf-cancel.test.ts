import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Card, ProgressStep } from '@sigill/core';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { filter, firstValueFrom, map } from 'rxjs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Host } from '../../host/dist/host.js';
import { wireHost } from '../../host/dist/wiring.js';
import { findPaths } from '../../host/paths.js';
import { findPlugins } from '../../host/plugins/finder.js';
import { DocumentStage } from '../documents/stage.js';
import { logTo } from '../faults/scene.js';
import { ScriptedPrompt } from '../faults/scripted-prompt.js';
import { profiles } from '../faults/stage.js';
import { documentOf } from '../pdf/documents.js';

const plugin = '@sigill-plugin/pdf-sign';
let stage: DocumentStage;
let readers: SimulatedReaders;
let host: Host;
let prompt: ScriptedPrompt;

beforeEach(async () => {
  stage = new DocumentStage();
  readers = new SimulatedReaders();
  prompt = new ScriptedPrompt(['123456'], ['123456']);
  const environment = { XDG_STATE_HOME: stage.state, XDG_CACHE_HOME: stage.state, XDG_RUNTIME_DIR: stage.runtime };
  host = wireHost({
    paths: findPaths(environment, 'linux', stage.root),
    language: () => 'en',
    log: logTo([]),
    pcsc: readers,
    prompt: { ask: (form, signal) => prompt.ask(form, signal) },
    plugins: await findPlugins({
      bundled: fileURLToPath(new URL('../../plugins', import.meta.url)),
      user: stage.state,
    }),
    profiles,
    requester: 'Sigill',
    signal: new AbortController().signal,
  });
  readers.addReader('Reader 1');
  readers.insert('Reader 1', createCard('fineid-v4', 'normal'));
});
afterEach(async () => {
  await host.close();
  await readers.close();
  stage.dispose();
});

const cardIn = (): Promise<Card> =>
  firstValueFrom(
    host.cards.readers.pipe(
      map(([reader]) => (reader?.state === 'ready' ? reader.card : undefined)),
      filter((card) => card !== undefined),
    ),
  );

it('who stops at the second code has the first document, and is told of each; progress counts them', async () => {
  await cardIn();
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
