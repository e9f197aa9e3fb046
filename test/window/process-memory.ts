import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Bytes at a time; two pieces overlap by what is looked for. */
const piece = 1 << 22;

/**
 * Where `needle` stands in the memory of a process, for each of its writable regions (proc(5), `/proc/PID/mem`). The process must be
 * the reader's own, or the reader root.
 */
export function findInMemory(pid: number, needle: Uint8Array): readonly string[] {
  const found: string[] = [];
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from = '', to = '', name = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
      if (from === '') continue;
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      for (const at of places(memory, start, end, needle)) found.push(`${at.toString(16)} ${name || 'anonymous'}`);
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

function* places(memory: number, start: number, end: number, needle: Uint8Array): Generator<number> {
  const bytes = Buffer.alloc(piece);
  for (let at = start; at < end; at += piece - needle.length) {
    let length: number;
    try {
      length = readSync(memory, bytes, 0, Math.min(piece, end - at), at);
    } catch {
      // A guard page, or a region that has just gone.
      continue;
    }
    for (
      let hit = bytes.indexOf(needle);
      hit >= 0 && hit + needle.length <= length;
      hit = bytes.indexOf(needle, hit + 1)
    ) {
      yield at + hit;
    }
  }
}
