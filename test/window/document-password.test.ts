import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveFiles } from '../../host/desk/give-documents.js';
import { DocumentsDesk, panel } from './documents-desk.js';

let scene: DocumentsDesk;
beforeEach(() => {
  scene = new DocumentsDesk();
});
afterEach(() => scene.dispose());

const submit = (password: string | number) =>
  scene.desk.request({ kind: 'submit', panel, form: 'sign', values: { password } });

describe('the password of a document', () => {
  // It may be digits alone, as those that banks and authorities choose.
  it.each(['Sesam', '19801231', ' a b '])(
    '%j goes to the plugin as it was typed, and is kept nowhere',
    async (password) => {
      await giveFiles(scene.desk, [scene.stage.file('offer.pdf')]);
      await submit(password);
      const [run] = scene.runs;
      expect(run?.args['password']).toBe(password);
      const shown = [];
      shown.push(await firstValueFrom(scene.desk.view), scene.desk.activities.all);
      const ended = firstValueFrom(scene.desk.ended);
      run?.end();
      shown.push(await ended, await firstValueFrom(scene.desk.view), scene.desk.activities.all);
      expect(JSON.stringify(shown)).not.toContain(password);
    },
  );

  it('is asked for in the host’s words, whatever the plugin is called', async () => {
    const { panels } = await firstValueFrom(scene.desk.view);
    const form = panels[0]?.elements.find((element) => element.kind === 'form');
    expect(form?.kind === 'form' && form.fields.find(({ type }) => type === 'password')).toEqual({
      key: 'password',
      type: 'password',
      label: 'Password of the document',
      help: 'Only for an encrypted document. Never type a code of your card here.',
      value: '',
    });
  });

  it('is not given without a document, nor when it is no password', async () => {
    await submit('Sesam');
    expect(scene.runs.map(({ args }) => args)).toEqual([{ documents: [], place: '' }]);
    await expect(submit(7)).rejects.toMatchObject({ code: 'setting-invalid' });
    await expect(submit('x'.repeat(501))).rejects.toMatchObject({
      code: 'setting-invalid',
      facts: { key: 'password' },
    });
    expect(scene.runs.length).toBe(1);
  });
});
