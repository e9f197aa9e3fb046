import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocumentStage, sha256 } from './stage.js';

const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));

let stage: DocumentStage;
beforeEach(() => (stage = new DocumentStage()));
afterEach(() => stage.dispose());

/** Runs a worker with the folder as `mount` makes it; what it said last. Needs root, as CI has. */
function inMount(mount: string, ...args: readonly string[]): Record<string, unknown> {
  const script = `${mount} && exec "$@"`;
  const command = ['-m', 'sh', '-c', script, 'sh', process.execPath, worker, stage.root, ...args];
  const output = execFileSync('unshare', command, { encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

describe.runIf(process.getuid?.() === 0)('disks in trouble', () => {
  const noSpace = { code: 'file-unwritable', path: 'a.pdf', why: 'ENOSPC' };

  it('a folder that cannot be written is refused before a PIN could be asked', () => {
    const path = stage.file('a.pdf');
    const mount = `mount --bind '${stage.folder}' '${stage.folder}' && mount -o remount,bind,ro '${stage.folder}'`;
    expect(inMount(mount, path, 'plain')).toEqual({
      draft: { code: 'file-unwritable', path: 'a.pdf', why: 'EROFS' },
      names: ['a.pdf'],
    });
  });

  it('so is a disk without room for a second one', () => {
    const mount = `mount -t tmpfs -o size=3m none '${stage.folder}' && head -c 2000000 /dev/zero > '${stage.folder}/a.pdf'`;
    expect(inMount(mount, join(stage.folder, 'a.pdf'), 'plain')).toEqual({ draft: noSpace, names: ['a.pdf'] });
  });

  it.each(['fill', 'begun'])('a disk that fills up meanwhile leaves nothing half-written (%s)', (mode) => {
    const mount = `mount -t tmpfs -o size=4m none '${stage.folder}' && head -c 1200000 /dev/zero > '${stage.folder}/a.pdf'`;
    expect(inMount(mount, join(stage.folder, 'a.pdf'), mode)).toEqual({
      draft: 'done',
      deliver: noSpace,
      names: ['a.pdf', 'other'],
    });
  });
});

describe('a host that is killed while it writes', () => {
  it('leaves a hidden file that the next one takes away, and the document as it was', async () => {
    const content = randomBytes(2_000_000);
    const path = stage.file('a.pdf', content);
    const killed = spawnSync(process.execPath, [worker, stage.root, path, 'die'], { encoding: 'utf8' });
    expect(killed.signal).toBe('SIGKILL');
    const during = JSON.parse(killed.stdout.trim()) as string[];
    expect(during.filter((name) => /^\.a\.pdf\.sigill-[0-9a-f]{16}$/.test(name)).length).toBe(1);
    expect(stage.names().length).toBe(2);

    stage.store.leftovers.clean();
    expect(stage.names()).toEqual(['a.pdf']);
    const { readFileSync } = await import('node:fs');
    expect(sha256(readFileSync(path))).toBe(sha256(content));
    expect(stage.names(join(stage.state, 'drafts'))).toEqual([]);
  });

  it('lets be what a living host writes, and what is no leftover', async () => {
    const { mkdirSync, writeFileSync } = await import('node:fs');
    const notes = join(stage.state, 'drafts');
    mkdirSync(notes, { recursive: true });
    const note = (random: string, pid: number, name: string): void => {
      const text = JSON.stringify({ pid, folder: stage.folder, name: Buffer.from(name).toString('base64') });
      writeFileSync(join(notes, random), text);
      stage.file(name);
    };
    note('0000000000000001', process.pid, '.a.pdf.sigill-0000000000000001');
    note('0000000000000002', 2_147_483_646, 'precious.pdf');
    note('0000000000000003', 2_147_483_646, '.b.pdf.sigill-0000000000000003');
    writeFileSync(join(notes, '0000000000000004'), '{"pid":');
    stage.store.leftovers.clean();
    expect(stage.names()).toEqual(['.a.pdf.sigill-0000000000000001', 'precious.pdf']);
    expect(stage.names(notes)).toEqual(['0000000000000001']);
  });
});
