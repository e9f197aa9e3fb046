import { Failure, failureData } from '@sigill/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DeskScene, deskScene } from '../../test/window/desk-scene.js';

let scene: DeskScene;
beforeEach(() => {
  scene = deskScene();
});

const open = (panel: string) => scene.desk.request({ kind: 'open-panel', panel });
/** The panel as it is shown after all that has just happened, which is told as one. */
const panel = async () => {
  await Promise.resolve();
  return (await scene.view()).panels[0];
};
const failure = failureData(new Failure('plugin-failed', { plugin: 'pin', why: 'it has no bread' }));

describe('a panel that a person opens', () => {
  it('starts what waits for it', async () => {
    await open('pin.panel');
    expect(scene.wanted).toEqual(['open pin.panel']);
  });

  it('that there is not is refused', async () => {
    for (const id of ['pin.other', '__proto__', ''])
      await expect(open(id)).rejects.toMatchObject({ code: 'panel-unknown' });
    expect(scene.wanted).toEqual([]);
  });

  it('says calmly that its plugin is starting, until there is something to see', async () => {
    scene.plugin('starting');
    expect(await panel()).toMatchObject({ waiting: 'Codes is starting …', elements: [] });
    scene.plugin('running');
    expect(await panel()).toMatchObject({ waiting: 'There is nothing here yet.' });
    scene.plugin('running', undefined, [{ kind: 'text', text: 'Hello' }]);
    expect(await panel()).not.toHaveProperty('waiting');
    scene.plugin('starting');
    expect(await panel()).not.toHaveProperty('waiting');
  });

  it('says why its plugin failed, above what it showed before, and tries again at a press', async () => {
    scene.plugin('failed', failure, [{ kind: 'text', text: 'Hello' }]);
    const shown = await panel();
    expect(shown?.failure).toContain('it has no bread');
    expect(shown?.elements).toHaveLength(1);
    const [again] = shown?.actions ?? [];
    expect(again?.label).toBe('Try again');
    await scene.desk.request({ kind: 'run', command: again?.command ?? '', args: again?.args ?? {} });
    expect(scene.wanted).toEqual(['enable pin', 'open pin.panel']);
  });

  it('forgets no failure only because it is looked at', async () => {
    scene.plugin('failed', failure);
    await open('pin.panel');
    expect(scene.wanted).toEqual(['open pin.panel']);
  });
});
