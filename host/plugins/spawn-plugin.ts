import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { type Sandbox, sandboxEnvironment, sandboxFlags } from './sandbox.js';

/** A process that has loaded a plugin, or is about to; nothing of it starts before it is told so. */
export interface SpawnedPlugin {
  readonly child: ChildProcess;
  /** How it ended: an exit code, a signal, or why it could not be started. Never rejects. */
  readonly ended: Promise<string>;
}

/** What a plugin's process is started from. */
export interface PluginFiles extends Pick<Sandbox, 'reads'> {
  /** The plugin's own, absolute; its working directory. */
  readonly folder: string;
  /** Its main module, from there. */
  readonly main: string;
  /** The module that the process runs. */
  readonly runner: string;
}

/** Starts the sandboxed process of a plugin, which reads nothing but `reads`. */
export function spawnPlugin({ folder, main, runner, reads }: PluginFiles): SpawnedPlugin {
  const flags = sandboxFlags(process.versions.node, { reads });
  const child = spawn(process.execPath, [...flags, runner, resolve(folder, main)], {
    cwd: folder,
    env: sandboxEnvironment(process.env),
    // A session of its own: keys pressed in the host's terminal do not reach it, nor does it reach the terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { child, ended };
}
