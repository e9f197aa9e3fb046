import type { Reader } from '@sigill/core';
import { describe, expect, it } from 'vitest';
import { draw, plugin, state } from '../../test/window/desk-views.js';
import { deskWords } from './desk-texts.js';
import { ReaderViews } from './reader-views.js';
import { windowView } from './window-view.js';

describe('plugins', () => {
  it('tell what they may, how they do, and what can be done about it', () => {
    const failed = {
      ...plugin('x', [], 'failed'),
      failure: { code: 'plugin-ended', facts: { plugin: 'x' } } as const,
    };
    const views = draw({ plugins: [plugin('pin', []), failed], log: () => ['a line'] }).plugins;
    expect(views[0]).toMatchObject({
      title: 'Codes',
      state: 'ready when needed',
      log: ['a line'],
      origin: 'came with Sigill',
    });
    expect(views[0]?.permissions[0]).toContain('it never sees the code');
    expect(views[0]?.actions.map(({ command }) => command)).toEqual(['host.plugin.start', 'host.plugin.disable']);
    expect(views[1]?.failure).toContain('stopped before it was done');
    expect(views[1]?.actions.map(({ command }) => command)).toEqual(['host.plugin.enable', 'host.plugin.disable']);
  });
});

it('readers that did not change are not drawn again', () => {
  const views = new ReaderViews();
  const readers: readonly Reader[] = [0, 1, 2].map((at) => ({ name: `R${at}`, state: 'empty' }));
  const first = windowView(state({ readers }), deskWords('en'), views).readers;
  const changed = [readers[0], { name: 'R1', state: 'reading' }, readers[2]] as readonly Reader[];
  const second = windowView(state({ readers: changed }), deskWords('en'), views).readers;
  expect(second.map((view, at) => view === first[at])).toEqual([true, false, true]);
  const swedish = windowView(state({ readers: changed, language: 'sv' }), deskWords('sv'), views).readers;
  expect(swedish[0]?.state).toBe('inget kort');
});

it('a card service that is not there is told with its cure', () => {
  expect(draw({ serviceAbsent: 'no pcscd' }).service).toContain('sudo apt install pcscd');
});
