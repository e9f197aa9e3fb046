import { beforeEach, describe, expect, it } from 'vitest';
import { type DeskScene, deskScene } from '../../test/window/desk-scene.js';

let scene: DeskScene;
beforeEach(() => {
  scene = deskScene();
});

describe('settings', () => {
  const set = (owner: string, key: string, value: string | number | boolean) =>
    scene.desk.request({ kind: 'setting', owner, key, value });

  it('of the host and of plugins are kept, and shown at once', async () => {
    await set('sigill', 'autostart', true);
    await set('pin', 'place', 'Turku');
    await set('pin', 'pages', 53_952);
    const shown = (await scene.view()).settings.map(({ fields }) => fields.map(({ value }) => value));
    expect(shown).toEqual([
      ['en', 'system', true, false, true, true, true, '', true],
      ['Turku', 53_952],
    ]);
    expect(scene.wanted).toEqual([true]);
  });

  it('the entry in the menus of file managers comes and goes', async () => {
    const shown = async () => (await scene.view()).settings[0]?.fields.find(({ key }) => key === 'fileMenu')?.value;
    await set('sigill', 'fileMenu', true);
    expect(await shown()).toBe(true);
    // What is there counts, not what was chosen once.
    scene.menu(false);
    expect([await shown(), scene.desk.chosen.fileMenu]).toEqual([false, true]);
    await set('sigill', 'fileMenu', false);
    expect([scene.wanted, scene.desk.chosen.fileMenu]).toEqual([['menu true', 'menu false'], false]);
  });

  it.each<[string, string, string | number | boolean, string]>([
    ['sigill', 'colour', 'red', 'setting-unknown'],
    ['sigill', 'plugins', true, 'setting-unknown'],
    ['sigill', 'autostart', 'yes', 'setting-invalid'],
    ['sigill', 'journal', 'no', 'setting-invalid'],
    ['sigill', 'pkcs11', 'no', 'setting-invalid'],
    ['sigill', 'trustFile', 'roots.pem', 'setting-invalid'],
    ['sigill', 'language', 'de', 'setting-invalid'],
    ['sigill', 'theme', 'pink', 'setting-invalid'],
    ['sigill', 'notifications', 1, 'setting-invalid'],
    ['pin', '__proto__', 'x', 'setting-unknown'],
    ['pin', 'pages', 0, 'setting-invalid'],
    ['pin', 'place', '2580', 'value-like-code'],
    ['other', 'place', 'x', 'plugin-unknown'],
  ])('%s %s cannot be %j', async (owner, key, value, code) => {
    await expect(set(owner, key, value)).rejects.toMatchObject({ code });
    expect(scene.settings.now).toEqual({ plugins: {} });
  });

  it('colours are what the person chose, or the desktop’s', async () => {
    await set('sigill', 'theme', 'dark');
    const dark = await scene.view();
    expect([dark.theme, dark.settings[0]?.fields[1]?.value]).toEqual(['dark', 'dark']);
    await set('sigill', 'theme', 'system');
    expect(await scene.view()).not.toHaveProperty('theme');
    expect(scene.settings.now).toEqual({ plugins: {} });
  });

  it('a plugin that is disabled stays so', async () => {
    await scene.desk.request({ kind: 'run', command: 'host.plugin.disable', args: { plugin: 'pin' } });
    expect((await scene.view()).plugins[0]?.state).toBe('disabled');
    expect(scene.settings.now.plugins['pin']?.disabled).toBe(true);
    await scene.desk.request({ kind: 'run', command: 'host.plugin.enable', args: { plugin: 'pin' } });
    expect(scene.settings.now.plugins['pin']?.disabled).toBeUndefined();
  });
});
