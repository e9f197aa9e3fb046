import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { shown } from '../e2e/sigill.js';
import { freePorts, type PcscDaemon } from './pcscd.js';

/** Ports that lead to the slots of a virtual reader, where a command costs half a millisecond and not 44. */
export interface QuickPorts {
  readonly ports: readonly [number, number];
  dispose(): Promise<void>;
}

const script = fileURLToPath(new URL('quick-ack.py', import.meta.url));

/** Opens them. A card that is put in while vpcd does not listen is out again at once. */
export async function quickPorts({ ports: [first, second] }: PcscDaemon): Promise<QuickPorts> {
  const ports = await freePorts();
  const words = [script, ports[0], first, ports[1], second].map(String);
  const child = spawn('python3', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  await shown(child.stdout, /ready/);
  return {
    ports,
    async dispose() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
