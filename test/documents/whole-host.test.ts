import { firstValueFrom, map, filter } from 'rxjs';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from '@sigill/core';
import { createCard, SimulatedReaders } from '@sigill/core/sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Host } from '../../host/dist/host.js';
import { wireHost } from '../../host/dist/wiring.js';
import { verifyJournal } from '../../host/audit/verify-journal.js';
import { findPaths } from '../../host/paths.js';
import { findPlugins } from '../../host/plugins/finder.js';
import { logTo } from '../faults/scene.js';
import { ScriptedPrompt } from '../faults/scripted-prompt.js';
import { profiles } from '../faults/stage.js';
import { fixtures } from '../plugins/fake-host.js';
import { DocumentStage, sha256 } from './stage.js';

let stage: DocumentStage;
let readers: SimulatedReaders;
let host: Host;
let prompt: ScriptedPrompt;
let journal = true;

beforeEach(async () => {
  stage = new DocumentStage();
  readers = new SimulatedReaders();
  prompt = new ScriptedPrompt();
  journal = true;
  const environment = { XDG_STATE_HOME: stage.state, XDG_CACHE_HOME: stage.state, XDG_RUNTIME_DIR: stage.runtime };
  host = wireHost({
    paths: findPaths(environment, 'linux', stage.root),
    language: () => 'en',
    log: logTo([]),
    pcsc: readers,
    prompt: { ask: (form, signal) => prompt.ask(form, signal) },
    plugins: await findPlugins({ user: fixtures }),
    profiles,
    requester: 'Sigill',
    signal: new AbortController().signal,
    own: { journal: () => journal, trustFile: () => undefined, keep: () => Promise.resolve() },
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

async function sign(names: readonly string[], key: string): Promise<unknown> {
  const card = await cardIn();
  const scope = host.documents.scope('writer');
  const ids: string[] = [];
  for (const name of names) ids.push(await scope.open(stage.file(name)));
  return (await host.plugins.run('writer.sign', { ids, card: card.id, key })).data;
}

describe('from the person to the journal, with a card, a plugin process and files', () => {
  it('PIN1 is asked once for three documents, whose digests the host shows', async () => {
    prompt = new ScriptedPrompt(['1234']);
    const names = ['a.pdf', 'b.pdf', 'c.pdf'];
    expect(await sign(names, '45')).toEqual({ delivered: ['a-signed.pdf', 'b-signed.pdf', 'c-signed.pdf'] });
    expect(
      prompt.forms.map(({ documents }) => documents?.all.map(({ name, sha256: digest }) => [name, digest])),
    ).toEqual([names.map((name) => [name, sha256('the original')])]);
    const entries = host.journal.entries();
    expect(entries.map(({ kind, result, plugin, algorithm }) => [kind, result?.name, plugin, algorithm])).toEqual(
      names.map((name) => ['delivered', name.replace('.', '-signed.'), 'writer', 'ECDSA-SHA384']),
    );
    const { certificates } = await cardIn();
    const own = certificates.find(({ id }) => id === '45');
    expect(entries[0]?.certificate?.sha256).toBe(own?.sha256);
    expect(entries[0]?.certificate?.subject).not.toMatch(/\d{6}/);
    expect(own?.subject).toMatch(/\d{6}/);
    expect(verifyJournal(host.journal.path, host.journal.headPath).faults).toEqual([]);
    expect(entries[0]?.result?.sha256).toBe(sha256(readFileSync(join(stage.folder, 'a-signed.pdf'))));
  });

  it('PIN2 is asked for each, as the card wants it', async () => {
    prompt = new ScriptedPrompt(['123456'], ['123456']);
    expect((await cardIn()).certificates.map(({ key }) => [key.pin, key.eachTime])).toEqual([
      ['PIN1', undefined],
      ['PIN2', true],
    ]);
    expect(await sign(['a.pdf', 'b.pdf'], '46')).toEqual({ delivered: ['a-signed.pdf', 'b-signed.pdf'] });
    expect(prompt.forms.map(({ documents }) => documents?.each)).toEqual([0, 1]);
  });

  it('a wrong PIN signs, delivers and writes down nothing', async () => {
    prompt = new ScriptedPrompt(['9999']);
    await expect(sign(['a.pdf'], '45')).rejects.toMatchObject({ code: 'pin-wrong' });
    expect([stage.names(), host.journal.entries()]).toEqual([['a.pdf'], []]);
  });

  it('a person who wants no journal has none', async () => {
    journal = false;
    prompt = new ScriptedPrompt(['1234']);
    await sign(['a.pdf'], '45');
    expect([stage.names(), host.journal.entries()]).toEqual([['a-signed.pdf', 'a.pdf'], []]);
  });

  it('a journal that cannot be written stops it before the PIN', async () => {
    prompt = new ScriptedPrompt(['1234']);
    mkdirSync(join(stage.state, 'sigill', 'journal.jsonl'), { recursive: true });
    await expect(sign(['a.pdf'], '45')).rejects.toMatchObject({ code: 'journal-unwritable' });
    expect([prompt.forms, stage.names()]).toEqual([[], ['a.pdf']]);
  });

  it('a card that is pulled out after the first of two leaves one result and says what became of the other', async () => {
    prompt = new ScriptedPrompt(['123456'], ['123456']);
    prompt.meanwhile = ({ documents }) => {
      if (documents?.each === 1) readers.remove('Reader 1');
    };
    expect(await sign(['a.pdf', 'b.pdf'], '46')).toEqual({ delivered: ['a-signed.pdf', 'card-removed'] });
    expect(stage.names()).toEqual(['a-signed.pdf', 'a.pdf', 'b.pdf']);
  });
});
