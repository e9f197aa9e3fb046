import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** Builds the page from its sources into `folder` as a release does, so that a test never looks at an old one. */
export function buildPage(folder = at('host/dist/window/page')) {
    const config = ['--config', at('host/window/page/vite.config.ts'), '--logLevel', 'warn'];
    const words = ['build', ...config, '--outDir', folder, '--emptyOutDir'];
    const env = { ...process.env, NODE_ENV: 'production' };
    execFileSync(process.execPath, [at('node_modules/vite/bin/vite.js'), ...words], { env, stdio: 'inherit' });
}
