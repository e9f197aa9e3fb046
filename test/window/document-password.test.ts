import { filter, firstValueFrom, map } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveFiles } from '../../host/desk/give-documents.js';
import { passwordKey } from '../../host/window/requests.js';
import type { DocumentView } from '../../host/window/view/panel-view.js';
import { DocumentsDesk, panel } from './documents-desk.js';

let scene: DocumentsDesk;
beforeEach(() => {
  scene = new DocumentsDesk();
});
afterEach(() => scene.dispose());

const given = (): readonly string[] => scene.desk.given.of(panel).map(({ id }) => id);
const typed = (...passwords: readonly (string | number)[]) =>
  Object.fromEntries(passwords.map((value, at) => [passwordKey('passwords', given()[at] ?? ''), value] as const));
const submit = (values: Record<string, string | number>) =>
  scene.desk.request({ kind: 'submit', panel, form: 'sign', values });
const unlock = (...passwords: readonly string[]) =>
  scene.desk.request({ kind: 'unlock', panel, typed: typed(...passwords) as Record<string, string> });
/** The fields for passwords, as soon as they stand so. */
const shown = async (...states: readonly (string | undefined)[]): Promise<readonly DocumentView['password'][]> =>
  await firstValueFrom(
    scene.desk.view.pipe(
      map(({ panels }) => (panels[0]?.documents ?? []).map(({ password }) => password)),
      filter((now) => JSON.stringify(now.map((one) => one?.state)) === JSON.stringify(states)),
    ),
  );

/** Gives documents that open with these passwords, empty for none, and waits until they are asked for. */
async function give(...passwords: readonly string[]): Promise<void> {
  passwords.forEach((password, at) => scene.passwords.set(`${at}.pdf`, password));
  await giveFiles(
    scene.desk,
    passwords.map((_, at) => scene.stage.file(`${at}.pdf`)),
  );
  await shown(...passwords.map((password) => (password === '' ? undefined : 'asked')));
}

describe('the passwords of documents', () => {
  // They may be digits alone, as those that banks and authorities choose.
  it.each(['Sesam', '19801231', ' a b '])(
    '%j goes to the plugin as it was typed, and is kept nowhere',
    async (word) => {
      await give(word);
      await unlock(word);
      await submit(typed(word));
      const [run] = scene.runs;
      expect(run?.args['passwords']).toEqual({ [given()[0] ?? '']: word });
      const seen: unknown[] = [await firstValueFrom(scene.desk.view), scene.desk.activities.all];
      const ended = firstValueFrom(scene.desk.ended);
      run?.end();
      seen.push(await ended, await firstValueFrom(scene.desk.view), scene.desk.activities.all);
      expect(JSON.stringify(seen)).not.toContain(word);
    },
  );

  it('are asked for in the host’s words, of each document that is locked alone', async () => {
    await give('one', '', 'two');
    expect(await shown('asked', undefined, 'asked')).toEqual([
      {
        label: 'Password of “0.pdf”',
        help: 'This document is locked with a password. It is kept nowhere. Never type a code of your card here.',
        state: 'asked',
      },
      undefined,
      expect.objectContaining({ label: 'Password of “2.pdf”' }),
    ]);
  });

  it('open the others that they fit; a wrong one is told', async () => {
    await give('one', 'two', 'one', 'three');
    await unlock('one', 'wrong');
    await shown('opened', 'wrong', undefined, 'asked');
    await unlock('one', 'two', '', 'one');
    await shown('opened', 'opened', undefined, 'wrong');
    await submit(typed('one', 'two', '', 'one'));
    const [first, second, third, fourth] = given();
    expect(scene.runs[0]?.args['passwords']).toEqual({
      [first ?? '']: 'one',
      [second ?? '']: 'two',
      [third ?? '']: 'one',
      [fourth ?? '']: 'one',
    });
  });

  it('are asked for anew when the page is drawn anew', async () => {
    await give('one', 'one');
    await unlock('one');
    await shown('opened', undefined);
    await scene.desk.request({ kind: 'open-panel', panel });
    await shown('asked', 'asked');
  });

  it('are not given without a document, nor when they are none', async () => {
    await submit({});
    expect(scene.runs.map(({ args }) => args)).toEqual([{ documents: [], place: '' }]);
    await expect(submit({ 'passwords elsewhere': 'Sesam' })).rejects.toMatchObject({ code: 'setting-unknown' });
    await give('one');
    await expect(submit(typed(7))).rejects.toMatchObject({ code: 'setting-invalid' });
    await expect(submit(typed('x'.repeat(501)))).rejects.toMatchObject({ code: 'setting-invalid' });
    expect(scene.runs.length).toBe(1);
  });
});
