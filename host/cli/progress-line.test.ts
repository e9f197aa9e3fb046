import { describe, expect, it } from 'vitest';
import { hostTexts } from '../messages/texts.js';
import { FootedOutput } from './footed-output.js';
import { ProgressLine } from './progress-line.js';

const own = { en: { 'p.sign': 'Signing {name}' }, sv: {}, fi: {} };

function stage({ isTTY = true, columns = 80 } = {}) {
  const written: string[] = [];
  let now = 0;
  const inner = { isTTY, columns, write: (text: string | Uint8Array) => written.push(String(text)) };
  const output = new FootedOutput(inner);
  const line = new ProgressLine(output, hostTexts('en'), own, () => now);
  return { written, output, line, pass: (milliseconds: number) => (now += milliseconds) };
}

describe('the line at the foot of a terminal', () => {
  it('says what is done, how far it is and what is left', () => {
    const { written, line, pass } = stage();
    line.show({ message: { key: 'p.sign', values: { name: 'a.pdf' } }, value: 0 });
    pass(30_000);
    line.show({ value: 0.25 });
    line.dispose();
    expect(written).toEqual([
      '\r\u001b[K░░░░░░░░░░░░░░░░░░░░  Signing a.pdf',
      '\r\u001b[K█████░░░░░░░░░░░░░░░  Signing a.pdf  1 min 30 s left',
      '\r\u001b[K',
    ]);
  });

  it('makes room for a question', () => {
    const { written, output, line } = stage();
    line.show({ value: 1 });
    output.write('Code?\n');
    output.write('Thanks.\n');
    expect(written.slice(1)).toEqual(['\r\u001b[K', 'Code?\n', 'Thanks.\n']);
  });

  it('is no wider than the window', () => {
    const { written, line } = stage({ columns: 30 });
    line.show({ message: { key: 'p.sign', values: { name: 'a'.repeat(100) } }, value: 0.5 });
    expect(written[0]?.replace('\r\u001b[K', '').length).toBe(29);
  });

  it('is not written where no person looks', () => {
    const { written, line } = stage({ isTTY: false });
    line.show({ value: 0.5 });
    line.dispose();
    expect(written).toEqual([]);
  });
});
