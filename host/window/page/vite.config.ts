import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The window's page: plain files of one origin, with nothing inline, so that the strictest content policy holds. */
export default defineConfig({
  root: at('.'),
  base: './',
  publicDir: false,
  worker: { format: 'es' },
  cacheDir: at('../../dist/.vite'),
  build: {
    outDir: at('../../dist/window/page'),
    emptyOutDir: true,
    target: 'es2022',
    // `data:` addresses would need a hole in the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // How long the build of pdf.js takes is no warning.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
