// Puts the fonts of visible signatures where the plugin can load them: it may read no files, but import modules.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const package_ = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'));
const folder = fileURLToPath(new URL('../dist/fonts', import.meta.url));
const font = (name) => readFileSync(join(package_, 'ttf', `${name}.ttf`)).toString('base64');
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'dejavu-sans.json'),
  JSON.stringify({ plain: font('DejaVuSans'), bold: font('DejaVuSans-Bold') }),
);
