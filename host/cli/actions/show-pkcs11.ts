import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '@sigill/core';
import { findModule } from '../../pkcs11/find-module.js';
import { pkcs11Places, serverAddress } from '../../pkcs11/places.js';
import { socketUnit, socketUnits } from '../../pkcs11/socket-units.js';
import { tokensAt } from '../../pkcs11/tokens-at.js';
import type { Context } from '../context.js';

/** What `sigill pkcs11 …` does. */
export const pkcs11Actions = { env: showEnvironment, status: showStatus, install, remove };

/** Lines that a shell can take in: `eval "$(sigill pkcs11 env)"`. */
function showEnvironment({ say, paths, io }: Context): void {
  const address = serverAddress(pkcs11Places(paths.runtime, io.environment).own);
  const module = findModule();
  const found = module === undefined ? [] : [`export PKCS11_MODULE=${module}`];
  say.answer({ address, module }, () => [`export P11_KIT_SERVER_ADDRESS=${address}`, ...found]);
}

async function showStatus({ say, paths, io, texts }: Context): Promise<void> {
  const socket = pkcs11Places(paths.runtime, io.environment).own;
  const module = findModule();
  const tokens = await tokensAt(socket);
  say.answer({ socket, module, tokens }, () => [
    ...(module === undefined ? say.sentence(texts.text('pkcs11.module-missing')) : []),
    ...(tokens.length === 0 ? say.sentence(texts.text('pkcs11.none')) : []),
    ...tokens.map(({ label, slot }) => `${label}: ${slot}`),
  ]);
}

/** Fails with `file-unwritable`. */
async function install({ say, io, texts }: Context): Promise<void> {
  const units = socketUnits(io, program);
  for (const { path, text } of units) write(path, text);
  await systemctl('daemon-reload');
  const why = await systemctl('enable', '--now', socketUnit);
  const files = units.map(({ path }) => path);
  say.answer({ files, listening: why === undefined, why }, () => {
    if (why === undefined) return say.sentence(texts.text('pkcs11.installed'));
    return say.sentence(why === noSystemctl ? texts.text('pkcs11.no-systemd') : texts.text('pkcs11.written', { why }));
  });
}

async function remove({ say, io, texts }: Context): Promise<void> {
  await systemctl('disable', '--now', socketUnit);
  const files = socketUnits(io, program).map(({ path }) => path);
  for (const path of files) rmSync(path, { force: true });
  await systemctl('daemon-reload');
  say.answer({ files }, () => say.sentence(texts.text('pkcs11.removed')));
}

const program = { command: process.execPath, args: [process.argv[1] ?? 'sigill', 'pkcs11', 'serve'] };

function write(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text, { mode: 0o644 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('file-unwritable', { path, why }, error);
  }
}

const noSystemctl = 'there is no systemctl';

/** Tells the person's systemd; what it says when it cannot, undefined when all is well. */
function systemctl(...words: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('systemctl', ['--user', ...words], { timeout: 15_000 }, (error, _out, errors) => {
      if (error === null) return resolve(undefined);
      if (error.code === 'ENOENT') return resolve(noSystemctl);
      resolve((errors.trim().split('\n').at(-1) ?? '').replace(/\.$/, '') || error.message);
    });
  });
}
