// A command as the system sees it: its wall time, and the processor time and memory of every process that it started (Linux: /proc).
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Milliseconds between two looks. */
const every = 5;
/** Milliseconds of one tick of /proc/PID/stat. */
const tick = 10;

/**
 * Runs a command. Gives `wall` and `cpu` (user and system, all processes, to the last look) in ms, `peak`: the sum of every process's own
 * highest resident set (VmHWM) in MiB, and `ended`: its exit code, or `limit` when it was stopped after `limit` ms.
 */
export async function watched(command, args, { input, env = process.env, limit } = {}) {
  const start = performance.now();
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const seen = new Map();
  const said = [];
  let ended;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const look = () => {
    for (const pid of familyOf(child.pid)) seen.set(pid, used(pid) ?? seen.get(pid));
  };
  const looking = setInterval(look, every);
  const stop = limit && setTimeout(() => ((ended = 'limit'), child.kill('SIGKILL')), limit);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  clearInterval(looking);
  clearTimeout(stop);
  const all = [...seen.values()].filter(Boolean);
  return {
    wall: performance.now() - start,
    cpu: all.reduce((sum, { cpu }) => sum + cpu, 0),
    peak: all.reduce((sum, { peak }) => sum + peak, 0),
    processes: all.length,
    ended: ended ?? code,
    said: Buffer.concat(said).toString(),
  };
}

/** A process and all that came of it. */
export function familyOf(pid) {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return [pid, ...children.flatMap(familyOf)];
  } catch {
    // It has ended meanwhile.
    return [pid];
  }
}

/** What a process has used: `cpu` in ms, `peak` in MiB; undefined once it has ended. */
export function used(pid) {
  try {
    // Behind the name, which may hold anything: the 14th and 15th field are utime and stime.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return peak && { cpu: (Number(fields[11]) + Number(fields[12])) * tick, peak: Number(peak) / 1024 };
  } catch {
    return undefined;
  }
}

/** The highest resident set counts from now on. */
export function forgetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
