// Sigill behind p11-kit's module against OpenSC's module, on the same simulated card in a real pcscd's virtual reader.
// vpcd takes its time for each command (about 44 ms), as a card does: what a signature costs is how many commands it needs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createCard } from '@sigill/core/sim';
import { openPcsc } from '../../host/dist/cards/open-pcsc.js';
import { Pkcs11Server } from '../../host/dist/pkcs11/pkcs11-server.js';
import { serverAddress } from '../../host/dist/pkcs11/places.js';
import { connectToVpcd } from '../../host/dist/simulate/connect-to-vpcd.js';
import { onStage } from './stage.mjs';
import { tell } from './tell.mjs';

const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
const modules = {
  sigill: '/usr/lib/x86_64-linux-gnu/pkcs11/p11-kit-client.so',
  opensc: '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so',
};
const seconds = 4;
/** Milliseconds after which nothing goes on at the card any more: well above those that Sigill keeps one for a next use. */
const settled = 600;
const port = 37_210;

export async function pkcs11() {
  const missing = [driver, ...Object.values(modules)].find((path) => !existsSync(path));
  if (missing !== undefined) return console.error(`pkcs11: not measured, ${missing} is not installed`);
  const folder = mkdtempSync(join(tmpdir(), 'sigill-bench-p11-'));
  const pcscd = await startPcscd(folder);
  const pulled = new AbortController();
  try {
    const card = createCard('myeid');
    const session = await connectToVpcd({ host: '127.0.0.1', port, card, signal: pulled.signal });
    const sigill = await throughSigill(folder, card);
    const opensc = await measured('opensc', card, openscIn(folder), '1234');
    tell({ name: 'pkcs11 signatures, Sigill against OpenSC', value: sigill / opensc, unit: 'times as many' });
    pulled.abort();
    await session.ended;
  } finally {
    pulled.abort();
    pcscd.kill();
    await once(pcscd, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function throughSigill(folder, card) {
  const pcsc = await openPcsc();
  return await onStage(async ({ host, person, settled: known }) => {
    person.will({ current: '1234' });
    await known();
    const socket = join(folder, 'run', 'pkcs11.sock');
    const server = await Pkcs11Server.start({
      cards: host.cards,
      logins: (requester, signal) => host.loginsFor(requester, signal),
      places: { own: socket },
      inherited: [],
      settled: async () => {},
      version: { major: 0, minor: 1 },
      unnamed: () => 'bench',
      log: host.log,
    });
    const rate = await measured('sigill', card, { P11_KIT_SERVER_ADDRESS: serverAddress(socket) }, '-');
    server.dispose();
    return rate;
  }, pcsc);
}

/** OpenSC keeps public files, so it does not ask the card for them again and again. */
function openscIn(folder) {
  const file = join(folder, 'opensc.conf');
  writeFileSync(file, 'app default {\n  framework pkcs15 { use_file_caching = public; }\n}\n');
  return { OPENSC_CONF: file, HOME: folder, XDG_CACHE_HOME: folder };
}

/** Signatures in a second. */
async function measured(name, card, environment, pin) {
  const script = fileURLToPath(new URL('sign-loop.py', import.meta.url));
  const env = { ...process.env, ...environment };
  const child = spawn('python3', [script, modules[name], pin, String(seconds)], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const before = card.counters.apdus;
    const { value, done } = await lines.next();
    if (done) throw new Error(`the loop with ${modules[name]} broke off`);
    // What a module does with the card when the program wants no more of it counts as well.
    await pause(settled);
    child.stdin.write('\n');
    return { ...JSON.parse(value), apdus: card.counters.apdus - before };
  };
  const first = await next();
  tell({ name: `pkcs11 log-in to first signature, ${name}`, value: first['logged in and signed'], unit: 'ms' });
  tell({ name: `pkcs11 apdus start to first signature, ${name}`, value: first.apdus, unit: 'APDU' });
  const { rate, signatures, apdus } = await next();
  tell({ name: `pkcs11 signatures, ${name}`, value: rate, unit: '/s' });
  tell({ name: `pkcs11 apdus a signature in a row, ${name}`, value: apdus / signatures, unit: 'APDU' });
  const alone = await next();
  tell({ name: `pkcs11 apdus a signature by itself, ${name}`, value: alone.apdus, unit: 'APDU' });
  const looks = await next();
  const own = name === 'sigill' && { budget: 0, strict: true };
  tell({ name: `pkcs11 C_GetSlotInfo, ${name}`, value: looks.rate, unit: '/s' });
  tell({ name: `pkcs11 apdus of ${looks.looks} C_GetSlotInfo, ${name}`, value: looks.apdus, unit: 'APDU', ...own });
  await once(child, 'exit');
  return rate;
}

/** A pcscd in a mount namespace of its own, with the virtual reader in it. */
async function startPcscd(folder) {
  const run = join(folder, 'pcscd');
  const readers = join(folder, 'readers');
  for (const one of [run, readers]) mkdirSync(one);
  const channel = `0x${port.toString(16).toUpperCase()}`;
  const lines = [
    'FRIENDLYNAME "Virtual PCD"',
    `DEVICENAME /dev/null:${channel}`,
    `LIBPATH ${driver}`,
    `CHANNELID ${channel}`,
  ];
  writeFileSync(join(readers, 'vpcd'), `${lines.join('\n')}\n`);
  const hidden = 'mkdir -p /run/pcscd && mount --bind "$0" /run/pcscd && exec pcscd "$@"';
  const words = ['-m', 'sh', '-c', hidden, run, '--foreground', '--config', readers];
  const child = spawn('unshare', words, { stdio: 'ignore' });
  const socket = join(run, 'pcscd.comm');
  process.env['PCSCLITE_CSOCK_NAME'] = socket;
  while (!(await answers(socket))) {
    if (child.exitCode !== null) throw new Error('pcscd did not start');
    await pause(50);
  }
  return child;
}

function answers(path) {
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}
