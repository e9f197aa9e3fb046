import { spawn } from 'node:child_process';

/** What a program said and how it ended; `code` is undefined when its time was over. */
export interface Outcome {
  readonly code: number | undefined;
  readonly text: string;
}

/** Runs a program of the system to its end, or to the end of its time. Milliseconds. */
export function tool(program: string, args: readonly string[], timeout = 20_000): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { timeout, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, text: Buffer.concat(parts).toString('latin1') }));
  });
}
