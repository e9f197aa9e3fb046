import { createConnection, type Socket } from 'node:net';
import type { Attached, AttachCall, ResidentAnswer } from './resident-call.js';

/** Bytes of the answer's line. */
const longest = 4_096;
/** Milliseconds for it: a host that takes longer is of no use to a command. */
const patience = 15_000;

/** A connection to the host that runs. It is the caller's; nothing has been read beyond the answer. */
export interface AttachedSocket extends Attached {
  readonly socket: Socket;
}

/** Asks the host that runs to be used by a command; `undefined` when none runs or it cannot say which it is. Never fails. */
export function attach(path: string, who: Omit<AttachCall, 'kind'>): Promise<AttachedSocket | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    let line = Buffer.alloc(0);
    const without = (): void => {
      socket.destroy();
      resolve(undefined);
    };
    const read = (): void => {
      const bytes = socket.read() as Buffer | null;
      if (bytes === null) return;
      line = Buffer.concat([line, bytes]);
      const end = line.indexOf(10);
      if (end < 0 && line.length <= longest) return;
      const attached = end < 0 ? undefined : attachedIn(line.toString('utf8', 0, end));
      if (attached === undefined) return without();
      socket.off('readable', read);
      socket.off('close', without);
      socket.setTimeout(0);
      if (line.length > end + 1) socket.unshift(line.subarray(end + 1));
      resolve({ ...attached, socket });
    };
    socket.on('error', () => {});
    socket.once('close', without);
    socket.setTimeout(patience, without);
    socket.on('readable', read);
    socket.once('connect', () => socket.write(`${JSON.stringify({ kind: 'attach', ...who } satisfies AttachCall)}\n`));
  });
}

/** A host of a version that does not know the call says so: it is some other version. */
function attachedIn(line: string): Attached | undefined {
  try {
    const answer = JSON.parse(line) as ResidentAnswer;
    if (answer.ok) return answer.attached;
    return answer.code === 'call-invalid' ? { version: '', home: '' } : undefined;
  } catch {
    return undefined;
  }
}
