import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  Failure,
  type Language,
  languages,
  type LocalText,
  type Manifest,
  type SettingContribution,
} from '@sigill/core';
import { packageBlock } from './manifest-shape.js';
import { Mismatch } from './shape.js';
import { readSmallFile } from './small-file.js';
import type { Texts } from './texts.js';
import { inRange } from './version-range.js';

/** The version of the plugin API that this program has. */
export const apiVersion = (createRequire(import.meta.url)('@sigill/core/package.json') as { version: string }).version;

const read = ['name', 'version', 'engines', 'sigill', 'main', 'type'] as const;
/** Bytes. */
const largest = 100_000;

/** Reads and checks a plugin's `package.json` without running anything of it. Fails with `manifest-invalid`, `plugin-version`. */
export async function readManifest(folder: string, texts?: Texts, has: string = apiVersion): Promise<Manifest> {
  const path = join(folder, 'package.json');
  try {
    const source = await readSmallFile(path, largest);
    if (source === undefined) throw new Mismatch('', 'there is no such file');
    return parseManifest(source, path, texts, has);
  } catch (error) {
    if (!(error instanceof Mismatch || error instanceof SyntaxError)) throw error;
    throw new Failure('manifest-invalid', { path, why: error.message }, error);
  }
}

function parseManifest(source: string, path: string, texts: Texts | undefined, has: string): Manifest {
  const whole: unknown = JSON.parse(source);
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) throw new Mismatch('', 'must be an object');
  const keys = Object.entries(whole).filter(([key]) => read.some((name) => name === key));
  const { name, version, engines, main, sigill } = packageBlock(Object.fromEntries(keys), '');
  const needs = engines['sigill'];
  if (needs === undefined) throw new Mismatch('engines.sigill', 'is missing');
  const fits = inRange(has, needs);
  if (fits === undefined) throw new Mismatch('engines.sigill', 'must be a version like ^1.2.0');
  if (!fits) throw new Failure('plugin-version', { plugin: name, needs, has });

  const { commands = [], cardProfiles = [], menu = [], panels = [], settings = [] } = sigill.contributes ?? {};
  const activation = sigill.activation ?? [];
  const ids = commands.map(({ id }) => id);
  const panelIds = panels.map(({ id }) => id);
  unique('commands', ids);
  unique('panels', panelIds);
  unique(
    'settings',
    settings.map(({ key }) => key),
  );
  const known = [...ids.map((id) => `command:${id}`), ...panelIds.map((id) => `panel:${id}`)];
  const foreign = activation.find((event) => /^(?:command|panel):/.test(event) && !known.includes(event));
  if (foreign !== undefined)
    throw new Mismatch('sigill.activation', `names ${foreign}, which is not among its commands and panels`);
  const unknown = menu.find((id) => !ids.includes(id) && !panelIds.includes(id));
  if (unknown !== undefined)
    throw new Mismatch('sigill.contributes.menu', `names ${unknown}, which is not among its commands and panels`);
  if (main === undefined && (ids.length > 0 || panelIds.length > 0 || activation.length > 0))
    throw new Mismatch('main', 'is missing');
  const words = (found: LocalText): LocalText => localText(found, texts, path);
  return {
    name,
    version,
    title: words(sigill.title ?? name),
    ...(main === undefined ? {} : { main }),
    needs,
    activation,
    permissions: sigill.permissions ?? [],
    contributes: {
      commands: commands.map(({ id, title }) => ({ id, title: words(title) })),
      cardProfiles,
      menu,
      panels: panels.map(({ id, title }) => ({ id, title: words(title) })),
      settings: settings.map((setting) => worded(setting, words)),
    },
  };
}

function unique(kind: string, ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Mismatch(`sigill.contributes.${kind}`, `has ${twice} twice`);
}

function worded(setting: SettingContribution, words: (text: LocalText) => LocalText): SettingContribution {
  const { title, help } = setting;
  const own = { title: words(title), ...(help === undefined ? {} : { help: words(help) }) };
  if (setting.type !== 'choice') return { ...setting, ...own };
  const choices = setting.choices.map(({ value, label }) => ({ value, label: words(label) }));
  return { ...setting, ...own, choices };
}

function localText(found: LocalText, texts: Texts | undefined, path: string): LocalText {
  const key = typeof found === 'string' ? /^%(.+)%$/.exec(found)?.[1] : undefined;
  if (key === undefined || texts === undefined) return found;
  const fallback = texts.en[key];
  if (fallback === undefined)
    throw new Failure('manifest-invalid', { path, why: `messages/en.json has no sentence “${key}”` });
  return Object.fromEntries(languages.map((language) => [language, texts[language][key] ?? fallback])) as Record<
    Language,
    string
  >;
}
