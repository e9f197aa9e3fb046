// Keeps what V8 made of the bundled program, so that a start does not compile it again. Part of the build; with another version of Node.js
// than this one the program is compiled as usual (docs/decisions/0029).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';

const xdg = ['CONFIG_HOME', 'DATA_HOME', 'STATE_HOME', 'CACHE_HOME', 'RUNTIME_DIR'].map((name) => `XDG_${name}`);

const here = fileURLToPath(import.meta.url);
const root = dirname(here);
const kind = process.env.SIGILL_KEEP_COMPILED;

if (kind !== undefined) await keepAtEnd(kind);
else await keepAll();

/** In the process of a program, loaded before it: what is compiled when it ends is what such a run needs. */
async function keepAtEnd(kind) {
  const { scripts } = await import('./host/dist/start/program.js');
  const { keptFile } = await import('./host/dist/start/load-chunk.js');
  process.on('exit', () => {
    for (const [chunk, script] of scripts) {
      const file = keptFile(chunk, kind);
      if (!existsSync(file)) writeFileSync(file, script.createCachedData());
    }
  });
}

/** Runs what people start most, and a plugin's process without its sandbox: that may not write. */
async function keepAll() {
  const home = mkdtempSync(join(tmpdir(), 'sigill-build-'));
  try {
    const document = join(home, 'document.pdf');
    writeFileSync(document, onePage());
    const bin = join(root, 'host/bin/sigill.js');
    const card = ['--simulate', 'fineid-v4'];
    await run('host', home, [bin, ...card, '--pin-stdin', 'pdf', 'sign', document, '--no-open'], '123456\n');
    await run('host', home, [bin, ...card, 'cards']);
    const { engineFlags } = await import('./host/dist/plugins/sandbox.js');
    const runner = join(root, 'host/dist/start/runner.js');
    await run('plugin', home, [...engineFlags, runner, join(root, 'plugins/pin/dist/plugin/index.js')]);
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function run(kind, home, words, input = '') {
  const own = Object.fromEntries(
    ['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', ...xdg].map((name) => [name, join(home, name)]),
  );
  const child = spawn(process.execPath, ['--import', pathToFileURL(here).href, ...words], {
    env: { ...process.env, ...own, SIGILL_KEEP_COMPILED: kind },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  // A plugin's way to its host, who is gone at once: it ends then.
  child.stdio[3].destroy();
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  // Without it everything works, a little later.
  if (code !== 0) console.warn(`What is compiled at a start could not be kept: ${errors}`);
}

/** The smallest document that can be signed. */
function onePage() {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 4\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\n`;
  return `${text}${table}startxref\n${text.length}\n%%EOF\n`;
}
