// Makes few files of many: the program, the runner of plugins, and each plugin of ours, from what tsc has compiled. Part of the build.
// A start reads a few dozen files in place of six hundred (docs/decisions/0029).
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Packages that stay as they are: they need not be there. */
const external = [/^(dbus-next|pcsc-mini|pcsclite|systray2)$/];

/** Its modern modules, of which only what is used comes along; Node.js would be given those of 2015. */
const alias = { rxjs: join(root, 'node_modules/rxjs/dist/esm/index.js') };

/** A package of a hundred classes, whose decorators would all run at every start. */
const unused = /node_modules[\\/]@peculiar[\\/]asn1-x509[\\/]/;

await bundle(
  'host/dist/program',
  {
    run: 'host/dist/cli/run.js',
    runner: 'host/dist/plugins/runner.js',
  },
  'cjs',
);
for (const plugin of readdirSync(join(root, 'plugins'))) {
  const main = `plugins/${plugin}/dist/index.js`;
  if (existsSync(join(root, main))) await bundle(`plugins/${plugin}/dist/plugin`, { index: main });
}

async function bundle(folder, input, format = 'esm') {
  const bundled = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    external,
    // Modern modules, where a package has them.
    resolve: { alias, mainFields: ['module', 'main'] },
    treeshake: { moduleSideEffects: [{ test: unused, sideEffects: false }] },
    logLevel: 'warn',
  });
  const dir = join(root, folder);
  rmSync(dir, { recursive: true, force: true });
  const names =
    format === 'cjs'
      ? { entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' }
      : { entryFileNames: '[name].js' };
  const { output } = await bundled.write({ dir, format, ...names });
  await bundled.close();
  const modules = output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []));
  writeFileSync(join(dir, 'LICENSES.txt'), licences(modules));
}

/** The licences of the packages whose code a bundle holds: each of them wants to be told. */
function licences(modules) {
  const folders = new Set(modules.map(packageOf).filter((folder) => folder !== undefined));
  return [...folders].sort().map(licence).join('\n\n');
}

function packageOf(module) {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module)?.[1];
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  return `${name} ${version}, ${license}: ${relative(root, folder).split(sep).join('/')}${text}`;
}
