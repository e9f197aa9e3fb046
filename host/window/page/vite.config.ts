import { fileURLToPath } from 'node:url';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What pdf.js wants for some documents alone: maps of characters, fonts that a document may leave out, and the decoder of JPEG 2000 in plain JavaScript, because the content policy allows no WebAssembly. */
function pdfData(): Plugin {
  const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const wanted = /\.(bcmap|pfb|ttf)$|^openjpeg_nowasm_fallback\.js$|^LICENSE/;
  return {
    name: 'pdf-data',
    generateBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm'])
        for (const name of readdirSync(join(library, folder)).filter((one) => wanted.test(one)))
          this.emitFile({ type: 'asset', fileName: `pdf/${name}`, source: readFileSync(join(library, folder, name)) });
    },
  };
}

/** The window's page: plain files of one origin, with nothing inline, so that the strictest content policy holds. */
export default defineConfig({
  root: at('.'),
  base: './',
  publicDir: false,
  plugins: [pdfData()],
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
