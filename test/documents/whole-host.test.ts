import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyJournal } from '../../host/audit/verify-journal.js';
import type { Host } from '../../host/dist/host.js';
import { ScriptedPrompt } from '../faults/scripted-prompt.js';
import { fixtures } from '../plugins/fake-host.js';
import { DocumentHost } from './document-host.js';
import { type DocumentStage, sha256 } from './stage.js';

let whole: DocumentHost;
let stage: DocumentStage;
let host: Host;
let prompt: ScriptedPrompt;
let journal = true;

beforeEach(async () => {
  prompt = new ScriptedPrompt();
  journal = true;
  const own = { journal: () => journal, trustFile: () => undefined, keep: () => Promise.resolve() };
  whole = await DocumentHost.start(
    () => prompt,
    () => ({ user: fixtures }),
    own,
  );
  ({ stage, host } = whole);
});
afterEach(() => whole.close());

async function sign(names: readonly string[], key: string): Promise<unknown> {
  const card = await whole.card();
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
    const { certificates } = await whole.card();
    const own = certificates.find(({ id }) => id === '45');
    expect(entries[0]?.certificate?.sha256).toBe(own?.sha256);
    expect(entries[0]?.certificate?.subject).not.toMatch(/\d{6}/);
    expect(own?.subject).toMatch(/\d{6}/);
    expect(verifyJournal(host.journal.path, host.journal.headPath).faults).toEqual([]);
    expect(entries[0]?.result?.sha256).toBe(sha256(readFileSync(join(stage.folder, 'a-signed.pdf'))));
  });

  it('PIN2 is asked for each, as the card wants it', async () => {
    prompt = new ScriptedPrompt(['123456'], ['123456']);
    expect((await whole.card()).certificates.map(({ key }) => [key.pin, key.eachTime])).toEqual([
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
      if (documents?.each === 1) whole.readers.remove('Reader 1');
    };
    expect(await sign(['a.pdf', 'b.pdf'], '46')).toEqual({ delivered: ['a-signed.pdf', 'card-removed'] });
    expect(stage.names()).toEqual(['a-signed.pdf', 'a.pdf', 'b.pdf']);
  });
});
