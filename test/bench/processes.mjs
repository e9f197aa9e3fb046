// Starting and standing still: whole processes, as a person has them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCard } from '@sigill/core/sim';
import { withReader } from './insert.mjs';
import { median, tell } from './tell.mjs';

const runs = 7;
const bin = fileURLToPath(new URL('../../host/bin/sigill.js', import.meta.url));

export async function processes() {
  const folder = mkdtempSync(join(tmpdir(), 'sigill-bench-'));
  const home = {
    ...process.env,
    HOME: folder,
    XDG_STATE_HOME: folder,
    XDG_CACHE_HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
  try {
    const bare = wall(['-e', '0'], home);
    tell({ name: 'start of node alone', value: bare, unit: 'ms' });
    tell({
      name: 'start of host until readers are known',
      value: wall([bin, '--simulate', 'empty', 'cards', '--json'], home),
      unit: 'ms',
    });
    tell({ name: 'start of a plugin until its command answers', value: await pluginStart(), unit: 'ms' });
    await memory(home, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function wall(args, env) {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { env });
    if (status !== 0) throw new Error(String(stderr));
    return performance.now() - start;
  });
  return median(times);
}

/** The command refuses at once, for there is no such card: what is left is the start. */
async function pluginStart() {
  const times = [];
  for (let run = 0; run < runs; run++) {
    await withReader(async ({ host }) => {
      const start = performance.now();
      await host.plugins.run('pin.verify', { card: 'none', pin: 'PIN1' }).catch(() => {});
      times.push(performance.now() - start);
    });
  }
  return median(times);
}

/** The resident set of a host that watches a card, with no plugin alive (Linux: /proc). */
async function memory(env, folder) {
  if (process.platform !== 'linux') return;
  const script = fileURLToPath(new URL('idle-host.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, await recording(folder)], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', () => reject(new Error('The idle host ended')));
    });
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
    tell({ name: 'memory of the idle host', value: kilobytes / 1024, unit: 'MiB', budget: 95 });
    tell({
      name: 'plugin processes of the idle host',
      value: childrenOf(child.pid),
      unit: 'processes',
      budget: 0,
      strict: true,
    });
  } finally {
    child.stdin.end();
    await new Promise((resolve) => child.once('close', resolve));
  }
}

/** What a card said from its insertion until its queue was empty, in a file. */
async function recording(folder) {
  const path = join(folder, 'recording.json');
  await withReader(async ({ insert }) => {
    const card = createCard('fineid-v4');
    await insert(card);
    const atr = Buffer.from(card.atr).toString('hex');
    writeFileSync(path, JSON.stringify({ atr, exchanges: card.log }));
  });
  return path;
}

function childrenOf(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))
    .length;
}
