import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { documentOf, madeBy } from '../pdf/documents.js';
import { PdfStage, type SignedDocument } from './pdf-stage.js';
import { bin } from './sigill.js';
import { Terminal } from './terminal.js';

let stage: PdfStage;
beforeEach(() => {
  stage = new PdfStage();
});
afterEach(() => stage.dispose());

/** A document that opens with `password` alone. */
function locked(name: string, password: string): string {
  const options = ['--encrypt', password, 'the owner’s', '256', '--', 'in.pdf', 'out.pdf'];
  return stage.write(name, madeBy('qpdf', options, documentOf({ trailer: '/ID [<01><02>]' })));
}

const terminal = (...args: readonly string[]): Terminal =>
  new Terminal(
    stage.home,
    [process.execPath, bin, '--simulate', 'fineid-v4', ...args].map((arg) => `'${arg}'`).join(' '),
  );

/** Everything that is kept of a run, in one text. */
const kept = (): string =>
  stage.home
    .files()
    .map(([, bytes]) => bytes.toString('latin1'))
    .join('\n');

describe('the password of a document', () => {
  it('is asked for at the terminal without echo, before the code; a wrong one is told', async () => {
    const path = locked('offer.pdf', 'Sesam öppna dig');
    const run = terminal('pdf', 'sign', '--no-open', path);
    await run.shows(/Password of “offer.pdf”/);
    run.type('öppna nu\r');
    await run.shows(/not right. You can try 2 more times[^]*Password of “offer.pdf”/);
    run.type('Sesam öppna dig\r');
    await run.shows(/PIN2[^]*digits/);
    run.type('123456\r');
    const { code, output } = await run.ended;
    expect([code, output.match(/Sesam|öppna/)]).toEqual([0, null]);
    expect(stage.names()).toEqual(['offer-signed.pdf', 'offer.pdf']);
    const signed = readFileSync(join(stage.folder, 'offer-signed.pdf'));
    expect(
      madeBy('qpdf', ['--password=Sesam öppna dig', '--decrypt', 'in.pdf', 'out.pdf'], signed).length,
    ).toBeGreaterThan(0);
    expect(kept()).not.toMatch(/Sesam|öppna nu/);
  });

  it('of one opens the others that it fits; after three wrong ones a document stays closed and the rest is signed', async () => {
    const paths = [locked('a.pdf', 'same'), stage.write('b.pdf'), locked('c.pdf', 'same'), locked('d.pdf', 'other')];
    const run = terminal('pdf', 'sign', ...paths);
    await run.shows(/Password of “a.pdf”/);
    run.type('same\r');
    await run.shows(/Password of “d.pdf”/);
    for (const left of [
      /2 more times[^]*Password of “d.pdf”/,
      /once more[^]*Password of “d.pdf”/,
      /stays closed[^]*Document 1 of 3[^]*digits/,
    ]) {
      run.type('same\r');
      await run.shows(left);
    }
    // This card asks for its code once for each document.
    for (const next of [/Document 2 of 3[^]*digits/, /Document 3 of 3[^]*digits/]) {
      run.type('123456\r');
      await run.shows(next);
    }
    run.type('123456\r');
    const { output } = await run.ended;
    expect(output).toContain('The document’s password is wrong.');
    expect(stage.names().filter((name) => name.includes('signed'))).toEqual([
      'a-signed.pdf',
      'b-signed.pdf',
      'c-signed.pdf',
    ]);
  });

  it('is asked for when signatures are checked; Ctrl-C ends it', async () => {
    const path = locked('offer.pdf', 'same');
    const checking = terminal('pdf', 'verify', path);
    await checking.shows(/Password of “offer.pdf”/);
    checking.type('same\r');
    expect((await checking.ended).output).toContain('there is no signature in it');
    const left = terminal('pdf', 'verify', path);
    await left.shows(/Password of “offer.pdf”/);
    left.type('sa\u0003');
    expect((await left.ended).code).not.toBe(0);
  });

  it('is not asked for without a terminal', async () => {
    const path = locked('offer.pdf', 'same');
    const { code, output } = await stage.pdf('fineid-v4', ['sign', path, '--json'], ['123456']);
    const { documents } = JSON.parse(output) as { documents: SignedDocument[] };
    expect([code, documents[0]?.code]).toEqual([1, 'pdf-password-missing']);
    expect(stage.names()).toEqual(['offer.pdf']);
  });
});
