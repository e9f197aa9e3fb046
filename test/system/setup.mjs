// Prepares a computer for the system tests: as root on Debian or Ubuntu it installs what is missing, elsewhere it says what is.
// Run by `npm test`; ends with 0 when all is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

/** The Debian packages of `packages.txt`. */
export function wantedPackages() {
  const lines = readFileSync(join(here, 'packages.txt'), 'utf8').split('\n');
  return lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '');
}

/** Those of `wanted` that are not installed; all of them where there is no dpkg to ask. */
export function missingPackages(wanted = wantedPackages()) {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...wanted], {
    encoding: 'utf8',
  });
  const installed = new Set((asked.stdout ?? '').split('\n').filter((line) => line.endsWith(' installed')));
  return wanted.filter((name) => !installed.has(`${name} installed`));
}

function setUp() {
  const missing = missingPackages();
  if (missing.length > 0 && !install(missing)) return false;
  say(missing.length > 0 ? `installed ${missing.join(' ')}` : 'all system packages are there');
  return buildPcsclite();
}

function install(missing) {
  const names = missing.join(' ');
  if (spawnSync('apt-get', ['--version']).status !== 0) {
    return fail(`the system tests need what Debian calls: ${names}`);
  }
  if (process.getuid?.() !== 0) {
    return fail(`missing: ${names}\nInstall them (as root: apt-get install ${names}) and run again.`);
  }
  say(`installing ${names}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) => run('apt-get', ['-q', '-o', 'Dpkg::Use-Pty=0', ...words], environment);
  if (apt('update') !== 0) say('apt-get update did not end well; trying with the lists that are there');
  if (apt('install', '-y', '--no-install-recommends', ...missing) !== 0)
    return fail(`apt-get could not install ${names}`);
  const still = missingPackages(missing);
  return still.length === 0 || fail(`still missing: ${still.join(' ')}`);
}

// npm leaves an optional package out when it cannot be built, as on a computer that had no compiler until now.
function buildPcsclite() {
  if (loads('pcsclite')) return true;
  const { version } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[
    'node_modules/pcsclite'
  ];
  const isThere = existsSync(join(root, 'node_modules/pcsclite/package.json'));
  say(`building pcsclite ${version}`);
  const words = isThere
    ? ['rebuild', 'pcsclite']
    : ['install', '--no-save', '--no-audit', '--no-fund', `pcsclite@${version}`];
  if (run('npm', [...words, '--foreground-scripts'], { ...headers(), ...process.env }) !== 0 || !loads('pcsclite')) {
    return fail('pcsclite could not be built');
  }
  return true;
}

/** Node's own headers where it was installed with them: nothing has to be downloaded then. */
function headers() {
  const folder = dirname(dirname(process.execPath));
  return existsSync(join(folder, 'include/node/node_version.h')) ? { npm_config_nodedir: folder } : {};
}

/** In a process of its own: a native package that cannot be loaded may end it. */
function loads(name) {
  const script = `require(${JSON.stringify(name)})`;
  return spawnSync(process.execPath, ['-e', script], { cwd: join(root, 'host') }).status === 0;
}

function run(program, words, env) {
  const ended = spawnSync(program, words, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return ended.status ?? 1;
}

function say(line) {
  console.log(`system tests: ${line}`);
}

function fail(line) {
  console.error(`system tests: ${line}`);
  return false;
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !setUp()) process.exitCode = 1;
