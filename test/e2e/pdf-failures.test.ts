import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestPki, type TestPki } from '../pki/test-pki.js';
import { PdfStage, sha256 } from './pdf-stage.js';
import { bin, ended, tries } from './sigill.js';

const card = 'fineid-v4';
const pin2 = '123456';
let stage: PdfStage;
beforeEach(() => (stage = new PdfStage()));
afterEach(() => stage.dispose());

/** Signs a document that must come to nothing: how it ended, and whether all is as before. */
async function failed(
  args: readonly string[],
  codes: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<unknown> {
  const path = stage.write();
  const before = sha256(path);
  const { code, output, errors } = await stage.pdf(card, ['sign', path, '--json', ...args], codes, { environment });
  const told = JSON.parse(errors || output) as { code?: string; refused?: string; documents?: { code: string }[] };
  const untouched = sha256(path) === before && stage.names().join() === 'offer.pdf';
  return [code, told.code ?? told.refused ?? told.documents?.[0]?.code, untouched ? 'untouched' : stage.names()];
}

describe('a document that is not signed leaves nothing', () => {
  it('with a wrong code, which costs one try', async () => {
    expect(await failed([], ['654321'])).toEqual([4, 'pin-wrong', 'untouched']);
    expect(await tries(stage.home, card)).toBe('PIN1 5, PIN2 4, PUK 5');
  });

  it('when the card is pulled out just before it signs', async () => {
    const faults = JSON.stringify([{ at: 1, kind: 'removed-before', ins: 0x2a }]);
    expect(await failed([], [pin2], { SIGILL_SIMULATE_FAULTS: faults })).toEqual([8, 'card-removed', 'untouched']);
  });

  it('when its answer is lost', async () => {
    const faults = JSON.stringify([{ at: 1, kind: 'executed-reply-lost', ins: 0x2a, then: 'removed' }]);
    expect(await failed([], [pin2], { SIGILL_SIMULATE_FAULTS: faults })).toEqual([8, 'card-removed', 'untouched']);
  });

  it('when there is no card', async () => {
    const path = stage.write();
    expect(await stage.pdf('empty', ['sign', path])).toMatchObject({ code: 3 });
  });

  it.each([
    [['--level', 'B-T'], 'sign.tsa-missing'],
    [['--level', 'B-X'], 'sign.level-unclear'],
    [['--place', 'here'], 'sign.place-unclear'],
    [['--certify', '9'], 'sign.certify-unclear'],
    [['--format', 'xades'], 'sign.format-unclear'],
    [['--image', bin], 'sign.image-nowhere'],
  ])('when %j is asked for: no code is asked', async (args, refused) => {
    expect(await failed(args, [])).toEqual([2, refused, 'untouched']);
  });

  it('when nobody types the code', async () => {
    expect(await failed([], [])).toEqual([2, 'secret-missing', 'untouched']);
  });

  it('when what is called a PDF is none', async () => {
    const path = stage.write('offer.pdf', Buffer.from('nothing of the kind'));
    const { code, output } = await stage.pdf(card, ['sign', path]);
    expect([code, output]).toEqual([1, '“offer.pdf”: nothing was written.\nThis is not a PDF document.\n']);
  });
});

describe('a time-stamp service that goes away', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 300_000);
  afterAll(() => pki.close());

  it('before is known before the code', async () => {
    const tsa = ['--tsa', 'http://127.0.0.1:9/'];
    expect(await failed(tsa, [])).toEqual([1, 'net-unreachable', 'untouched']);
  });

  it('after the card signed leaves no file, and a line in the journal', async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      const body: Buffer[] = [];
      request.on('data', (chunk: Buffer) => body.push(chunk));
      request.on('end', () => {
        if ((asked += 1) > 1) return response.writeHead(503).end();
        return void fetch(`${pki.server.site}/tsa`, { method: 'POST', body: Buffer.concat(body) })
          .then((answer) => answer.arrayBuffer())
          .then((bytes) => response.writeHead(200).end(Buffer.from(bytes)));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const tsa = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await failed(['--tsa', tsa], [pin2])).toEqual([1, 'tsa-answer-invalid', 'untouched']);
    server.close();
    const { entries } = await stage.home.json<{ entries: { kind: string; code: string }[] }>(['journal', 'show']);
    expect(entries.map(({ kind, code }) => [kind, code])).toEqual([['lost', 'tsa-answer-invalid']]);
    expect(await stage.home.sigill(['journal', 'verify'])).toMatchObject({ code: 0 });
  });
});

describe.runIf(process.getuid?.() === 0)('a disk in trouble is known before the code', () => {
  const inMount = async (mount: string): Promise<unknown> => {
    const path = stage.write();
    const script = `${mount} && exec "$@"`;
    const program = [process.execPath, bin, '--simulate', card, 'pdf', 'sign', path, '--json'];
    const child = spawn('unshare', ['-m', 'sh', '-c', script, 'sh', ...program], { env: stage.home.environment() });
    child.stdin.end();
    const { code, output } = await ended(child);
    const { documents } = JSON.parse(output) as { documents: { code: string; text: string[] }[] };
    return [code, documents.map((one) => one.code), stage.names()];
  };

  it('a folder that cannot be written to', async () => {
    const { folder } = stage;
    const mount = `mount --bind '${folder}' '${folder}' && mount -o remount,bind,ro '${folder}'`;
    expect(await inMount(mount)).toEqual([1, ['file-unwritable'], ['offer.pdf']]);
  });

  it('a disk that is full', async () => {
    const { folder } = stage;
    const copy = `cp '${folder}/offer.pdf' '${folder}/../kept.pdf'`;
    const fill = `cp '${folder}/../kept.pdf' '${folder}/offer.pdf' && head -c 1100000 /dev/zero > '${folder}/all'; true`;
    const mount = `${copy} && mount -t tmpfs -o size=1m none '${folder}' && ${fill}`;
    expect(await inMount(mount)).toEqual([1, ['file-unwritable'], ['offer.pdf']]);
  });
});
