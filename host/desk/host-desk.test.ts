import { beforeEach, describe, expect, it } from 'vitest';
import { type DeskScene, deskScene, reader } from '../../test/window/desk-scene.js';
import type { WindowView } from '../window/view/window-view.js';

let scene: DeskScene;
beforeEach(() => {
  scene = deskScene();
});

const change = (args: Record<string, string> = { card: 'card-1', pin: 'PIN1' }) =>
  scene.desk.request({ kind: 'run', command: 'pin.change', args });
const state = (wanted: string) => (view: WindowView) => view.activities[0]?.state === wanted;

describe('a command that a person starts', () => {
  it('is followed from its start to its end, and kept until it is dismissed', async () => {
    await change();
    expect((await scene.view(state('running'))).activities[0]).toMatchObject({ title: 'Change', reader: 'R' });
    scene.runs[0]?.tell({ value: 0.5 });
    await scene.view(({ activities }) => activities[0]?.progress === 0.5);
    scene.runs[0]?.end({ messages: [{ key: 'done' }] });
    const { id = '', lines } = (await scene.view(state('done'))).activities[0] ?? {};
    expect(lines).toEqual(['Done it.']);
    await scene.desk.request({ kind: 'dismiss', activity: id });
    expect((await scene.view()).activities).toEqual([]);
  });

  it('waits while its code is asked for, and only the one that asks', async () => {
    await change();
    await change({ card: 'card-2', pin: 'PIN1' });
    scene.asking.next({ reader: 'R', requester: 'Codes (pin)', address: 'http://127.0.0.1:9/' });
    const { activities } = await scene.view(state('waiting'));
    expect(activities.map(({ state, pinPage }) => [state, pinPage])).toEqual([
      ['waiting', 'http://127.0.0.1:9/'],
      ['running', undefined],
    ]);
    scene.asking.next(undefined);
    expect((await scene.view(state('running'))).activities[0]).not.toHaveProperty('pinPage');
  });

  it('that nobody here started is shown while a program outside asks', async () => {
    await change();
    const address = 'http://127.0.0.1:9/';
    scene.asking.next({ reader: 'S', requester: 'Firefox', address });
    const asked = (await scene.view(({ activities }) => activities.length === 2)).activities;
    expect(asked.map(({ state, cancellable }) => [state, cancellable])).toEqual([
      ['running', true],
      ['waiting', false],
    ]);
    expect(asked[1]).toMatchObject({ title: 'A program asks for your code', reader: 'S', pinPage: address });
    expect(asked[1]?.lines[0]).toContain('“Firefox” asks.');
    scene.asking.next(undefined);
    expect((await scene.view(({ activities }) => activities.length === 1)).activities).toHaveLength(1);
  });

  it('is cancelled, and says that nothing was lost', async () => {
    await change();
    await scene.desk.request({
      kind: 'cancel',
      activity: (await scene.view(state('running'))).activities[0]?.id ?? '',
    });
    expect((await scene.view(state('failed'))).activities[0]?.lines).toEqual(['Cancelled. No try was spent.']);
  });

  it('that runs already is not started twice', async () => {
    await change();
    await change({ pin: 'PIN1', card: 'card-1' });
    expect(scene.runs).toHaveLength(1);
  });

  it('that no plugin has is refused', async () => {
    for (const command of ['pin.nothing', 'host.quit', 'constructor', ''])
      await expect(scene.desk.request({ kind: 'run', command, args: {} })).rejects.toMatchObject({
        code: 'command-unknown',
      });
    expect(scene.runs).toEqual([]);
  });

  it('does not run a thousand times at once, and what has ended does not pile up', async () => {
    const wanted = Array.from({ length: 40 }, (_, at) =>
      change({ card: `card-${at}` }).catch((error: unknown) => error),
    );
    const refused = (await Promise.all(wanted)).filter((error) => error !== undefined);
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ code: 'call-invalid' });
    for (const { end } of scene.runs) end({ messages: [] });
    expect(
      (await scene.view(({ activities }) => activities.every(({ state }) => state === 'done'))).activities,
    ).toHaveLength(20);
  });
});

it('what cannot be is told without sending anybody to the command line', () => {
  const failure = { code: 'plugin-unknown', facts: { plugin: 'x' } } as const;
  expect(scene.desk.say(failure)).toBe('There is no plugin called x.');
});

describe('the view', () => {
  it('changes its language for everything at once, what plugins told before too', async () => {
    await change();
    scene.runs[0]?.end({ messages: [{ key: 'done' }] });
    await scene.view(state('done'));
    await scene.desk.request({ kind: 'language', language: 'sv' });
    const swedish = await scene.view(({ language }) => language === 'sv');
    expect(swedish.readers[0]?.state).toBe('kortet är klart att användas');
    expect(swedish.activities[0]).toMatchObject({ title: 'Byt', lines: ['Gjort.'] });
    expect(swedish.words['page.devices']).toBe('Enheter');
  });

  it('is made once for many changes in one turn, and before the next one', async () => {
    let views = 0;
    const watching = scene.desk.view.subscribe(() => (views += 1));
    await scene.view();
    views = 0;
    for (let at = 0; at < 100; at++) scene.readers.next([reader('ready', `card-${at}`)]);
    await Promise.resolve();
    await Promise.resolve();
    expect(views).toBe(1);
    watching.unsubscribe();
  });

  it('is not made while nobody looks', async () => {
    expect(scene.desk.watched).toBe(false);
    const watching = scene.desk.view.subscribe();
    expect(scene.desk.watched).toBe(true);
    watching.unsubscribe();
    expect(scene.desk.watched).toBe(false);
  });

  it('has what was read of a card for as long as that card is in', async () => {
    await scene.desk.request({ kind: 'details', card: 'card-1' });
    expect((await scene.view()).readers[0]?.card).toMatchObject({ keys: [], notes: ['read'] });
    scene.readers.next([reader('ready', 'card-2')]);
    expect((await scene.view((now) => now.readers[0]?.card?.id === 'card-2')).readers[0]?.card).not.toHaveProperty(
      'keys',
    );
  });

  it('asks the window to go somewhere, each time anew', async () => {
    scene.desk.wish('activation:R');
    scene.desk.wish('activation:R');
    expect((await scene.view(({ wish }) => wish !== undefined)).wish).toEqual({ number: 2, place: 'activation:R' });
  });
});
