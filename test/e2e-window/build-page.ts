import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Builds the page from its sources as a release does, so that a test never looks at an old one. */
export function buildPage(): void {
  const words = ['build', '--config', at('host/window/page/vite.config.ts'), '--logLevel', 'warn'];
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [at('node_modules/vite/bin/vite.js'), ...words], { env, stdio: 'inherit' });
}
