import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../core/dist/', import.meta.url));

it('the public API is the reviewed one (accept a wanted change with `npm test -- test/api.test.ts -u`)', async () => {
  const index = declarations('index.js');
  const modules = [...index.matchAll(/from '\.\/([^']+)'/g)].map(([, path = '']) => path);
  expect(modules.length).toBeGreaterThan(5);
  const api = [index, ...modules.map((path) => `// ${path}\n${declarations(path)}`)].join('\n');
  await expect(api).toMatchFileSnapshot('api.snapshot.txt');
});

/** The built declarations of a module without comments: shapes are reviewed here, words elsewhere. */
function declarations(path: string): string {
  return readFileSync(`${dist}${path.replace(/\.js$/, '.d.ts')}`, 'utf8')
    .replace(/\/\*\*[\s\S]*?\*\//g, '')
    .replace(/^\/\/#.*$/gm, '')
    .replace(/^\s*\n/gm, '');
}
