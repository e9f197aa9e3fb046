// Signing PDF documents, beside `sha256sum`, pdfsig, the two packages and (where `pyhanko` is on the path) pyHanko, all in one run: this computer's load is in all of them.
// Whole process: `sigill --simulate fineid-v4 pdf sign`; its times hold the making of the simulated card, which a real one does not need.
// Memory is the sum of the highest resident sets (VmHWM) of all processes of the command; pages that two of them share count twice.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makePdf } from './pdf-files.mjs';
import { median, tell } from './tell.mjs';
import { watched } from './watched.mjs';

const sizes = { '10 KB': 10_000, '1 MB': 1_000_000, '20 MB': 20_000_000, '100 MB': 100_000_000, '1 GB': 1_000_000_000 };
const runs = { '10 KB': 3, '1 MB': 5, '20 MB': 1, '100 MB': 3, '1 GB': 1 };
/** Milliseconds that pdfsig gets: with a large file it can take many minutes. */
const patience = 10_000;
const batch = 100;

/** pyHanko needs Python and is not installed by npm. */
const pyHanko = spawnSync('pyhanko', ['--version']).status === 0;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = here('../../host/bin/sigill.js');

export async function pdf() {
  if (process.platform !== 'linux') return;
  if (!pyHanko) console.error('pdf: pyHanko is not measured: there is no program pyhanko');
  console.error('pdf: @signpdf and node-signpdf up to 20 MB');
  const folder = mkdtempSync(join(process.env.SIGILL_BENCH_FOLDER ?? tmpdir(), 'sigill-bench-pdf-'));
  const state = join(folder, 'home');
  mkdirSync(state);
  const homes = ['HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR'];
  const env = { ...process.env, ...Object.fromEntries(homes.map((name) => [name, state])) };
  const key = makeKey(folder);
  const host = startHost(env);
  try {
    await host.ready;
    const small = join(folder, 'warm.pdf');
    makePdf(small, 10_000);
    await host.sign([small]);
    const found = {};
    for (const name of Object.keys(sizes)) found[name] = await one(name, { folder, env, key, host });
    memory(found);
    await many(folder, host);
  } finally {
    await host.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One size, each way in turn, so that what else the computer does falls on all of them. */
async function one(name, { folder, env, key, host }) {
  const path = join(folder, `${sizes[name]}.pdf`);
  const result = join(folder, `${sizes[name]}-signed.pdf`);
  const other = join(folder, 'other.pdf');
  makePdf(path, sizes[name]);
  const all = { sha256sum: [], sigill: [], running: [], pdfsig: [], signpdf: [], 'node-signpdf': [], pyhanko: [] };
  const sign = [bin, '--simulate', 'fineid-v4', 'pdf', 'sign', path, '--pin-stdin', '--no-open'];
  for (let run = 0; run < runs[name]; run++) {
    rmSync(result, { force: true });
    all.sha256sum.push(done(await watched('sha256sum', [path])));
    all.sigill.push(done(await watched(process.execPath, sign, { env, input: '123456\n' })));
    if (statSync(result).size <= sizes[name]) throw new Error(`${result} is no signed document`);
    if (run === 0) all.pdfsig.push(await watched('pdfsig', ['-nocert', result], { limit: patience }));
    rmSync(result);
    all.running.push(await host.sign([path]));
    rmSync(result);
    for (const route of sizes[name] <= 20_000_000 ? ['signpdf', 'node-signpdf'] : [])
      all[route].push(done(await watched(process.execPath, [here('pdf-baseline.mjs'), route, path, other, key])));
    if (pyHanko) {
      rmSync(other, { force: true });
      const keys = ['--key', join(folder, 'key.pem'), '--cert', join(folder, 'certificate.pem'), '--no-pass'];
      const words = ['sign', 'addsig', '--field', 'Signature1', '--use-pades', 'pemder', ...keys, path, other];
      all.pyhanko.push(done(await watched('pyhanko', words)));
    }
  }
  rmSync(path);
  rmSync(other, { force: true });
  const middle = Object.fromEntries(Object.entries(all).map(([way, found]) => [way, middleOf(found)]));
  report(name, middle, all.pdfsig[0].ended === 'limit');
  return middle;
}

function report(name, { sha256sum, sigill, running, pdfsig, signpdf, 'node-signpdf': older, pyhanko }, stopped) {
  const ratio = (one) => (one && sha256sum.wall > 0 ? { timesSha256sum: round(one.wall / sha256sum.wall) } : {});
  const line = (way, one, more) =>
    one && tell({ name: `pdf ${name}: ${way}`, value: one.wall, unit: 'ms', cpu: round(one.cpu), ...more });
  line('sha256sum', sha256sum);
  line('sigill pdf sign', sigill, { ...ratio(sigill), MiB: round(sigill.peak), processes: sigill.processes });
  const own = running.wall - running.card;
  line('running host', running, { ...ratio(running), MiB: round(running.peak), card: round(running.card) });
  line(stopped ? 'pdfsig, stopped at its limit' : 'pdfsig', pdfsig, { ...ratio(pdfsig), MiB: round(pdfsig.peak) });
  for (const [way, one] of [
    ['@signpdf/signpdf with pdf-lib', signpdf],
    ['node-signpdf', older],
    ['pyHanko, with a key in a file', pyhanko],
  ])
    if (one) line(way, one, { ...ratio(one), MiB: round(one.peak), timesSigill: round(one.wall / sigill.wall) });
  if (name === '1 MB') tell({ name: 'pdf 1 MB: running host beside the card', value: own, unit: 'ms', budget: 60 });
  if (name === '1 MB' && pyhanko) {
    const value = sigill.wall / pyhanko.wall;
    tell({ name: 'pdf 1 MB: sigill pdf sign, times pyHanko', value, unit: 'times', budget: 0.6 });
  }
  if (name !== '100 MB') return;
  const times = sigill.wall / sha256sum.wall;
  tell({ name: 'pdf 100 MB: sigill pdf sign, times sha256sum', value: times, unit: 'times', budget: 2 });
  const cpu = sigill.cpu / sha256sum.cpu;
  tell({ name: 'pdf 100 MB: sigill pdf sign, times sha256sum, processor time', value: cpu, unit: 'times' });
  tell({ name: 'pdf 100 MB: memory of sigill pdf sign', value: sigill.peak, unit: 'MiB', budget: 160 });
}

function memory(found) {
  for (const way of ['sigill', 'running']) {
    const budget = round(found['100 MB'][way].peak * 1.1);
    const value = found['1 GB'][way].peak;
    tell({
      name: `pdf 1 GB: memory, ${way === 'sigill' ? 'whole process' : 'running host'}`,
      value,
      unit: 'MiB',
      budget,
    });
  }
}

/** Documents in one command. The card's own time is measured at its door and left out; a real one signs two or three in a second. */
async function many(folder, host) {
  const paths = Array.from({ length: batch }, (_, at) => join(folder, `batch-${at}.pdf`));
  for (const path of paths) makePdf(path, 10_000);
  const { wall, card, cpu, signed } = await host.sign(paths);
  const made = readdirSync(folder).filter((name) => /^batch-\d+-signed\.pdf$/.test(name)).length;
  if (signed !== batch || made !== batch) throw new Error(`${signed} signed, ${made} files`);
  const value = batch / ((wall - card) / 1_000);
  tell({
    name: `pdf: ${batch} documents in a batch beside the card`,
    value,
    unit: 'per second',
    cpu,
    card: round(card),
  });
}

/** A host in a process of its own that signs on request. */
function startHost(env) {
  // As `host/bin/sigill.js` keeps it.
  const child = spawn(process.execPath, ['--max-semi-space-size=1', here('pdf-host.mjs')], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { done: over, value } = await lines.next();
    if (over) throw new Error('The running host ended');
    return JSON.parse(value);
  };
  const gone = new Promise((resolve) => child.once('close', resolve));
  return {
    ready: next(),
    async sign(paths) {
      child.stdin.write(`${JSON.stringify(paths)}\n`);
      const found = await next();
      if (found.signed !== paths.length) throw new Error(`The running host signed ${found.signed} of ${paths.length}`);
      return found;
    },
    async end() {
      child.stdin.end();
      await gone;
    },
  };
}

/** What node-signpdf signs with; its library reads no newer encryption. */
function makeKey(folder) {
  const [key, certificate, p12] = ['key.pem', 'certificate.pem', 'key.p12'].map((name) => join(folder, name));
  const openssl = (...args) => {
    const { status, stderr } = spawnSync('openssl', args);
    if (status !== 0) throw new Error(String(stderr));
  };
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench', '-keyout', key, '-out', certificate);
  const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-passout', 'pass:'];
  openssl('pkcs12', '-export', '-inkey', key, '-in', certificate, '-out', p12, ...old);
  return p12;
}

function done(found) {
  if (found.ended !== 0) throw new Error(`exit code ${found.ended}: ${found.said}`);
  return found;
}

/** The middle of each number. */
function middleOf(found) {
  if (found.length === 0) return undefined;
  const keys = Object.keys(found[0]).filter((key) => typeof found[0][key] === 'number');
  return Object.fromEntries(keys.map((key) => [key, median(found.map((one) => one[key]))]));
}

function round(value) {
  return Math.round(value * 100) / 100;
}
