import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** What a chunk exports. */
export type Exports = Readonly<Record<string, unknown>>;

/** The file in which the build keeps what V8 made of a chunk; a process of a `kind` has flags of its own, and V8 takes nothing from another. */
export const keptFile = (chunk: string, kind: 'host' | 'plugin'): string => `${chunk}.${kind}.v8`;

/**
 * Loads CommonJS chunks of a folder, each once, with what was kept of compiling them; where that is missing or of another version of
 * Node.js they are compiled. `compiled` is told of each. They cannot `import()` what is outside of them: V8 does not keep who would.
 */
export function chunkLoader(
  folder: string,
  kind: 'host' | 'plugin',
  compiled: (chunk: string, script: Script) => void = () => {},
): (name: string) => Exports {
  const outside = createRequire(join(folder, 'outside.cjs'));
  const loaded = new Map<string, { readonly exports: Exports }>();
  const load = (name: string): Exports => {
    const known = loaded.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    const filename = join(folder, name);
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'utf8')}\n})`,
      {
        filename,
        ...kept(keptFile(filename, kind)),
      },
    );
    compiled(filename, script);
    const require = (wanted: string): unknown => (wanted.startsWith('./') ? load(wanted.slice(2)) : outside(wanted));
    const run = script.runInThisContext() as (...given: readonly unknown[]) => void;
    run.call(module.exports, module.exports, require, module, filename, folder);
    return module.exports;
  };
  return load;
}

function kept(file: string): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(file) };
  } catch {
    return {};
  }
}
