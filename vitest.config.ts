import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const alias = [
  { find: /^@sigill\/core$/, replacement: at('core/index.ts') },
  { find: /^@sigill\/core\/card$/, replacement: at('core/card/index.ts') },
  { find: /^@sigill\/core\/cms$/, replacement: at('core/cms/index.ts') },
  { find: /^@sigill\/core\/sim$/, replacement: at('core/sim/index.ts') },
];

export default defineConfig({
  resolve: { alias },
  test: {
    // vitest would leave one of two processors idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['core/**/*.test.ts', 'host/**/*.test.ts', 'plugins/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: ['test/system/**', 'test/e2e-window/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // One pcscd, one virtual reader and one browser: the files of this project run one after the other.
        test: {
          name: 'system',
          include: ['test/system/**/*.test.ts', 'test/e2e-window/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
