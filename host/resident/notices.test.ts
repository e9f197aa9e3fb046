import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reader } from '@sigill/core';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskScene, deskScene } from '../../test/window/desk-scene.js';
import { card, certificate, pin } from '../../test/window/desk-views.js';
import type { Notice, Notifications } from '../notify/notifications.js';
import { ToldToday } from '../notify/told-today.js';
import { SettingsFile } from '../settings/settings-file.js';
import { Notices } from './notices.js';

let folder: string;
let scene: DeskScene;
let notices: Notices;
let shown: Notice[];
let withdrawn: string[];
let opened: string[];
let takes: boolean;
const chosen = new Subject<string>();
const notifications: Notifications = {
  chosen,
  show: async (notice) => {
    shown.push(notice);
    return takes;
  },
  withdraw: (key) => withdrawn.push(key),
  dispose: () => undefined,
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-notices-'));
  [shown, withdrawn, opened, takes] = [[], [], [], true];
  scene = deskScene();
  follow();
});
afterEach(() => {
  notices.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function follow(): void {
  const told = new ToldToday(new SettingsFile(join(folder, 'told.json')));
  notices = new Notices({ desk: scene.desk, notifications: Promise.resolve(notifications), told });
  notices.follow((place) => opened.push(place));
}

/** All that follows from what has just happened has happened. */
const settled = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));
const put = async (state: Reader['state'], more: Parameters<typeof card>[0] = {}): Promise<void> => {
  scene.readers.next([{ name: 'R', state, card: card({ reader: 'R', ...more }) }]);
  await settled();
};
const keys = (): readonly string[] => shown.map(({ key }) => key);
const locked = { pins: [pin('PIN1', { state: 'locked' })] };
const ending = { certificates: [certificate('2026-12-01T00:00:00Z')] };

describe('while no window is open', () => {
  it('a code that is locked is told, once, and a press opens the window there', async () => {
    await put('pin-locked', locked);
    await put('pin-locked', locked);
    expect(shown).toMatchObject([{ title: 'A code is locked', place: 'codes' }]);
    chosen.next('codes');
    expect(opened).toEqual(['codes']);
  });

  it('nobody’s name is told', async () => {
    await put('pin-locked', { ...locked, ...ending });
    await put('ready', ending);
    expect(shown.length).toBe(2);
    expect(JSON.stringify(shown)).not.toMatch(/virtanen|anna/i);
  });

  it('a certificate near its end is told once a day, by the next start too', async () => {
    await put('ready', ending);
    await put('ready', { ...ending, id: 'again' });
    expect(keys()).toEqual(['expiring R']);
    notices.dispose();
    follow();
    await put('ready', { ...ending, id: 'and again' });
    expect(keys()).toEqual(['expiring R']);
  });

  it('one that nobody heard is told again at the next start', async () => {
    takes = false;
    await put('ready', ending);
    notices.dispose();
    follow();
    await settled();
    expect(keys()).toEqual(['expiring R', 'expiring R']);
  });

  it('a card that needs activation is told when the window does not open by itself', async () => {
    await put('not-activated');
    expect(shown).toEqual([]);
    scene.settings.choose({ openByItself: false });
    await put('not-activated', { id: 'again' });
    expect(shown).toMatchObject([{ place: 'activation:R' }]);
    await put('ready', { id: 'again' });
    expect(withdrawn).toEqual(['activation R']);
  });

  it('how a command ended is told by its name and reader alone', async () => {
    const command = { id: '1', command: 'pin.verify', args: {}, title: { en: 'Verify', sv: 'V', fi: 'T' } };
    expect(await notices.ended({ ...command, reader: 'R', state: 'done' })).toBe(true);
    const failure = { code: 'pin-wrong', facts: { pin: 'PIN1', triesLeft: 1 } } as const;
    await notices.ended({ ...command, id: '2', state: 'failed', failure });
    expect(shown.map(({ title, text }) => `${title}: ${text}`)).toEqual([
      'Verify: Done, with the card in R.',
      'Verify: It did not succeed. Open Sigill to see why.',
    ]);
  });

  it('what the host tells by itself is told once', async () => {
    scene.desk.tell({ key: 'tray.missing.title' }, { key: 'tray.missing' });
    await settled();
    await put('empty');
    expect(shown).toMatchObject([{ key: 'tray.missing', title: 'Sigill in the panel' }]);
  });
});

describe('nothing is told', () => {
  const end = { id: '1', command: 'pin.verify', args: {}, title: 'Verify', state: 'done' } as const;

  it('while a window is open; a certificate that ends is seen there', async () => {
    const looking = scene.desk.view.subscribe();
    await put('pin-locked', locked);
    await put('ready', ending);
    expect(await notices.ended(end)).toBe(true);
    looking.unsubscribe();
    await put('ready', { ...ending, id: 'again' });
    expect(shown).toEqual([]);
  });

  it('when the person wants no notifications', async () => {
    scene.settings.choose({ notifications: false });
    await put('pin-locked', locked);
    expect(await notices.ended(end)).toBe(false);
    expect(shown).toEqual([]);
  });
});
