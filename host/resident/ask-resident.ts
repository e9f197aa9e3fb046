import { createConnection } from 'node:net';
import { Failure } from '@sigill/core';
import type { ResidentAnswer, ResidentCall } from './resident-call.js';

/** Bytes of an answer. */
const longest = 1_000_000;
/** Milliseconds for an answer, and for the end of a host that was asked to end. */
const patience = 15_000;

type Done = Extract<ResidentAnswer, { ok: true }>;

/** Asks the host that runs. Fails with `host-absent` when none does, and as the host fails. */
export async function askResident(socket: string, call: ResidentCall): Promise<Done> {
  const answer = await exchange(socket, call);
  if (answer.ok) return answer;
  throw new Failure(answer.code, answer.facts as never);
}

function exchange(path: string, call: ResidentCall): Promise<ResidentAnswer> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const absent = (cause?: unknown): void => reject(new Failure('host-absent', {}, cause));
    let text = '';
    socket.setEncoding('utf8');
    socket.setTimeout(patience, () => socket.destroy());
    socket.once('error', (error) => absent(error));
    socket.once('connect', () => socket.write(`${JSON.stringify(call)}\n`));
    socket.on('data', (part: string) => {
      text += part;
      if (text.length > longest) socket.destroy();
    });
    socket.once('close', () => {
      try {
        resolve(JSON.parse(text) as ResidentAnswer);
      } catch (error) {
        // It ended in the middle: there is none any more.
        absent(error);
      }
    });
  });
}
