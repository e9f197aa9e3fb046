import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const guide = readFileSync(new URL('../../docs/plugin-guide.md', import.meta.url), 'utf8');

/** Writes the files of the plugin guide that stand in `plugin` there below `folder`: a line that begins with a path, then its block. Gives the plugin's folder. */
export function writeFromGuide(plugin: string, folder: string): string {
  const files = [...guide.matchAll(/^`([\w./-]+)`.*\n\n```\w+\n([\s\S]*?)^```/gm)].filter(([, path = '']) =>
    path.startsWith(`${plugin}/`),
  );
  if (files.length === 0) throw new Error(`the guide has no files of ${plugin}`);
  for (const [, path = '', text = ''] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, plugin);
}

/** The shell lines of the guide that begin with `command`, each as its words. */
export function linesOfGuide(command: string): readonly (readonly string[])[] {
  return guide
    .split('\n')
    .filter((line) => line.startsWith(`${command} `))
    .map((line) => line.split(' '));
}
