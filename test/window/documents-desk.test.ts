import { Readable } from 'node:stream';
import { join } from 'node:path';
import type { DocumentId } from '@sigill/core';
import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseDocuments, giveFiles } from '../../host/desk/give-documents.js';
import { DocumentsDesk, panel } from './documents-desk.js';

let scene: DocumentsDesk;
beforeEach(() => {
  scene = new DocumentsDesk();
});
afterEach(() => scene.dispose());

const given = () => scene.desk.given.of(panel);
const submit = (values = {}) => scene.desk.request({ kind: 'submit', panel, form: 'sign', values });
const ended = () => firstValueFrom(scene.desk.ended);

/** The plugin delivers a document that it was given, as it would while it runs. */
async function deliver(id: DocumentId): Promise<void> {
  const documents = scene.stage.store.for('pdf');
  await documents.deliver({ draft: await documents.draft(id), suffix: 'signed' });
}

describe('what a person gives to a panel', () => {
  it('goes to its plugin with the form, once each, with where the box is', async () => {
    const path = scene.stage.file('offer.pdf');
    await giveFiles(scene.desk, [path, path]);
    await submit({ place: '2,50,50.5,200,70' });
    expect(scene.runs.map(({ id, args }) => [id, args])).toEqual([
      ['pdf.sign', { documents: given().map(({ id }) => id), place: '2,50,50.5,200,70' }],
    ]);
    expect(given().map(({ name, size }) => [name, size])).toEqual([['offer.pdf', 12]]);
  });

  it.each(['1,2,3', '0,1,1,1,1', '1,-5,0,9,9', '1,1,1,1,1;', ' 1,1,1,1,1', 7])(
    'is not sent with %j for a place',
    async (place) => {
      await expect(submit({ place })).rejects.toMatchObject({ code: 'setting-invalid' });
      expect(scene.runs).toEqual([]);
    },
  );

  it('tells of each file that cannot be read, and takes the others', async () => {
    const gone = join(scene.stage.folder, 'gone.pdf');
    const path = scene.stage.file('offer.pdf');
    expect(await giveFiles(scene.desk, [gone, 'relative.pdf', path])).toBe(panel);
    expect(given().map(({ name }) => name)).toEqual(['offer.pdf']);
    const told = scene.desk.activities.all.map(({ state, failure, args }) => [state, failure?.code, args['path']]);
    expect(told).toEqual([
      ['failed', 'file-unreadable', gone],
      ['failed', 'file-unreadable', 'relative.pdf'],
    ]);
  });

  it('has room for 400; who gives more is told once', async () => {
    const paths = Array.from({ length: 403 }, (_, at) => scene.stage.file(`${at}.pdf`));
    await giveFiles(scene.desk, paths);
    expect(given()).toHaveLength(400);
    const told = scene.desk.activities.all.map(({ failure }) => [failure?.code, failure?.facts]);
    expect(told).toEqual([['documents-full', { most: 400 }]]);
  });

  it('is told with where its result goes: beside it, or to the folder of documents when it was dropped', async () => {
    await giveFiles(scene.desk, [scene.stage.file('offer.pdf')]);
    await scene.desk.documents.receive(panel, '../drop\u202e.pdf', Readable.from([Buffer.from('dropped')]), 100);
    const { panels } = await firstValueFrom(scene.desk.view);
    expect(panels[0]?.documents?.map(({ name, place }) => [name, place])).toEqual([
      ['offer.pdf', 'The result goes beside it.'],
      ['drop\ufffd.pdf', `The result goes to ${scene.stage.received}.`],
    ]);
  });

  it('is read for its preview only while it is there', async () => {
    await giveFiles(scene.desk, [scene.stage.file('offer.pdf')]);
    const { id } = given()[0] as { id: DocumentId };
    const { bytes, size } = await scene.desk.documents.piece(id, 4, 8);
    expect([Buffer.from(bytes).toString(), size]).toEqual(['original', 12]);
    await scene.desk.request({ kind: 'forget', panel, document: id });
    await expect(scene.desk.documents.piece(id, 0, 1)).rejects.toMatchObject({ code: 'document-unknown' });
    await expect(scene.stage.store.for('pdf').info(id)).rejects.toMatchObject({ code: 'document-unknown' });
  });

  it('stays readable for the command that works on it, though it is taken away meanwhile', async () => {
    await giveFiles(scene.desk, [scene.stage.file('offer.pdf')]);
    const { id } = given()[0] as { id: DocumentId };
    await submit();
    await scene.desk.request({ kind: 'forget', panel, document: id });
    expect(given()).toEqual([]);
    expect((await scene.stage.store.for('pdf').info(id)).name).toBe('offer.pdf');
    const end = ended();
    scene.runs[0]?.end();
    await end;
    await expect(scene.stage.store.for('pdf').info(id)).rejects.toMatchObject({ code: 'document-unknown' });
  });

  it('is too large, and nothing of it is kept', async () => {
    const bytes = Readable.from([Buffer.alloc(60), Buffer.alloc(60)]);
    await expect(scene.desk.documents.receive(panel, 'a.pdf', bytes, 100)).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    expect([given(), scene.stage.names(scene.stage.runtime)]).toEqual([[], ['documents']]);
  });
});

describe('what a command delivered', () => {
  it('is told with what can be done with it, opened and verified; nothing else can be opened', async () => {
    await giveFiles(scene.desk, [scene.stage.file('offer.pdf')]);
    await submit();
    await deliver((given()[0] as { id: DocumentId }).id);
    const end = ended();
    scene.runs[0]?.end();
    await end;
    const path = join(scene.stage.folder, 'offer-signed.pdf');
    // The one result is opened at once.
    expect(scene.opened.splice(0)).toEqual([`open ${path}`]);
    const { activities } = await firstValueFrom(scene.desk.view);
    const [result] = activities[0]?.results ?? [];
    expect([result?.name, result?.folder]).toEqual(['offer-signed.pdf', scene.stage.folder]);
    expect(result?.actions.map(({ label }) => label)).toEqual(['Open', 'Show in folder', 'Verify']);
    for (const { command, args } of result?.actions ?? []) await scene.desk.request({ kind: 'run', command, args });
    expect(scene.opened).toEqual([`open ${path}`, `show ${path}`]);
    expect(scene.runs[1]?.id).toBe('pdf.verify');
    const [verified] = scene.runs[1]?.args['documents'] as readonly DocumentId[];
    expect((await scene.stage.store.for('pdf').info(verified as DocumentId)).name).toBe('offer-signed.pdf');
    for (const name of [path, '/etc/passwd', given()[0]?.id ?? '']) {
      const run = scene.desk.request({ kind: 'run', command: 'host.result.open', args: { result: name } });
      await expect(run).rejects.toMatchObject({ code: 'document-unknown' });
    }
    expect(scene.opened).toHaveLength(2);
  });
});

it('of many documents none is opened by itself', async () => {
  await giveFiles(scene.desk, [scene.stage.file('one.pdf'), scene.stage.file('two.pdf')]);
  await submit();
  for (const { id } of given()) await deliver(id);
  const end = ended();
  scene.runs[0]?.end();
  expect((await end).results?.map(({ path }) => path)).toEqual(
    ['one-signed.pdf', 'two-signed.pdf'].map((name) => join(scene.stage.folder, name)),
  );
  expect(scene.opened).toEqual([]);
});

describe('the desktop’s dialog', () => {
  const withDialog = (answer: () => Promise<readonly string[] | undefined>): void => {
    scene.dispose();
    scene = new DocumentsDesk({ dialog: answer });
  };

  it('gives what was chosen, and leads to the panel', async () => {
    let path = '';
    withDialog(async () => [path]);
    path = scene.stage.file('offer.pdf');
    expect(await chooseDocuments(scene.desk)).toBe(panel);
    expect(given().map(({ name }) => name)).toEqual(['offer.pdf']);
  });

  it('that is closed leads nowhere, and is not opened twice', async () => {
    let close: (paths: readonly string[]) => void = () => undefined;
    let opened = 0;
    withDialog(() => {
      opened += 1;
      return new Promise((resolve) => (close = resolve));
    });
    const first = chooseDocuments(scene.desk);
    expect(await chooseDocuments(scene.desk)).toBeUndefined();
    close([]);
    expect([await first, opened]).toEqual([undefined, 1]);
  });

  it('that cannot be shown after all leads to the panel, where the browser’s own is offered from then on', async () => {
    withDialog(async () => undefined);
    expect((await firstValueFrom(scene.desk.view)).fileDialog).toBe(true);
    expect(await chooseDocuments(scene.desk)).toBe(panel);
    await expect.poll(async () => (await firstValueFrom(scene.desk.view)).fileDialog).toBe(false);
  });

  it('is not asked for when no plugin works on documents', async () => {
    scene.state = 'disabled';
    await expect(chooseDocuments(scene.desk)).rejects.toMatchObject({ code: 'command-unknown' });
  });
});
