import { resolve } from 'node:path';
import { askResident } from '../../resident/ask-resident.js';
import { longestLine } from '../../resident/resident-call.js';
import type { Context } from '../context.js';
import { startOr } from '../start-or.js';

/** Shows documents in the window of the host that runs; without one, this process becomes it. */
export async function showInWindow(here: Context, files: readonly string[]): Promise<void> {
  const paths = files.map((file) => resolve(file));
  const shown = await startOr(here, { documents: paths }, async (socket) => {
    for (const some of lines(paths)) await askResident(socket, { kind: 'documents', paths: some });
  });
  if (!shown) return;
  const { say, texts } = here;
  say.answer({ shown: paths }, () => say.sentence(texts.text('pdf.window.opened')));
}

/** As many paths at once as a line of the host's socket has room for. */
function lines(paths: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [[]];
  let room = longestLine - 100;
  for (const path of paths) {
    const size = Buffer.byteLength(JSON.stringify(path)) + 1;
    if (size > room) {
      all.push([]);
      room = longestLine - 100;
    }
    room -= size;
    all.at(-1)?.push(path);
  }
  return all;
}
