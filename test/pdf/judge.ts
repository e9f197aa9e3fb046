import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changesSince } from '../../plugins/pdf-sign/pdf/changes.js';
import { openPdf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { isPdfError } from '../../plugins/pdf-sign/pdf/pdf-error.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import type { Specimen } from './corpus.js';
import { Refused, signBytes, type SignedBytes } from './sign-bytes.js';
import type { SoftwareKey } from './software-key.js';
import { looks, mutool, mutoolRepairs, openssl, pdfsig, qpdf, type Verdict } from './verifiers.js';

/** `relative`: one verifier cannot read the original either; all others accept. */
export type Result = 'accepted' | 'relative' | 'faulty' | 'refused';

/** What became of one document. */
export interface Line {
  readonly name: string;
  readonly result: Result;
  readonly second: Result | '';
  readonly why: string;
}

/** Signs a document twice and has every verifier look at it, each measured by what it says of the original. */
export async function judge({ name, path, password }: Specimen, key: SoftwareKey, folder: string): Promise<Line> {
  const original = new Uint8Array(readFileSync(path));
  try {
    const first = await signBytes(original, key.sign, { password });
    const once = join(folder, 'once.pdf');
    writeFileSync(once, first.bytes);
    const faults = await faultsOf(path, once, first, password, folder);
    const result = await resultOf(path, password, faults);
    if (result === 'faulty') return { name, result, second: '', why: faults.join('; ') };
    return { name, result, ...(await secondOf(once, first, key, password, folder)) };
  } catch (error) {
    if (error instanceof Refused || isPdfError(error))
      return { name, result: 'refused', second: '', why: error.message };
    return {
      name,
      result: 'faulty',
      second: '',
      why: error instanceof Error ? (error.stack ?? '').slice(0, 300) : String(error),
    };
  }
}

async function secondOf(
  once: string,
  first: SignedBytes,
  key: SoftwareKey,
  password: string | undefined,
  folder: string,
): Promise<Pick<Line, 'second' | 'why'>> {
  try {
    const second = await signBytes(first.bytes, key.sign, { password });
    const twice = join(folder, 'twice.pdf');
    writeFileSync(twice, second.bytes);
    const faults = await faultsOf(once, twice, second, password, folder);
    faults.push(...(await ownFaults(first, second, password)));
    return { second: await resultOf(once, password, faults), why: faults.join('; ') };
  } catch (error) {
    if (error instanceof Refused || isPdfError(error)) return { second: 'refused', why: error.message };
    throw error;
  }
}

/** What our own comparison says against the first signature after the second. */
async function ownFaults(first: SignedBytes, second: SignedBytes, password: string | undefined): Promise<string[]> {
  const pdf = await openPdf(sourceOf(second.bytes), { password });
  const signature = pdf.signatures.find(({ field }) => field === first.field);
  if (signature === undefined) return ['own: the first signature is not found'];
  const { allowed, changes } = await changesSince(pdf, signature);
  const known = allowed && changes.length === 1 && changes[0]?.kind === 'signature' && changes[0].what === second.field;
  return known ? [] : [`own: ${JSON.stringify(changes).slice(0, 200)}`];
}

async function resultOf(before: string, password: string | undefined, faults: readonly string[]): Promise<Result> {
  if (faults.length === 0) return 'accepted';
  const excused =
    faults.every((fault) => fault.startsWith('mutool refuses')) && (await mutoolRepairs(before, password));
  return excused ? 'relative' : 'faulty';
}

async function faultsOf(
  before: string,
  after: string,
  signed: SignedBytes,
  password: string | undefined,
  folder: string,
): Promise<string[]> {
  const faults = readFileSync(after).subarray(0, statSync(before).size).equals(readFileSync(before))
    ? []
    : ['bytes changed'];
  for (const [verifier, verify] of [
    ['pdfsig', pdfsig],
    ['mutool', mutool],
  ] as const) {
    const [old, now] = [await verify(before, password), await verify(after, password)];
    faults.push(...verdictFaults(verifier, old, now, signed.field));
  }
  const [old, now] = [await qpdf(before, password), await qpdf(after, password)];
  if (rank(now.code) > rank(old.code)) faults.push(`qpdf ${old.code} -> ${now.code}: ${now.text.slice(0, 200)}`);
  if (!(await openssl(folder, signed.covered, signed.cms))) faults.push('openssl refuses');
  const [was, is] = [await looks(folder, before, password), await looks(folder, after, password)];
  if (was.length !== is.length || was.some((page, at) => !page.equals(is[at] ?? Buffer.alloc(0))))
    faults.push('looks differ');
  return faults.map((fault) => fault.replace(/[\n|]/g, ' '));
}

const rank = (code: number): number => [0, 3, 2].indexOf(code) + (code === 9 ? 10 : 0);

function verdictFaults(
  verifier: string,
  old: readonly Verdict[] | undefined,
  now: readonly Verdict[] | undefined,
  field: string,
): string[] {
  if (now === undefined) return old === undefined ? [] : [`${verifier} does not end`];
  const faults: string[] = [];
  const own = verifier === 'pdfsig' ? now.findLast((one) => one.field === field) : now.findLast(({ whole }) => whole);
  if (own === undefined || !own.valid || !own.whole)
    faults.push(`${verifier} refuses (${now.length} signatures, ${JSON.stringify(own)})`);
  const broken = (old ?? []).filter(
    (one) => one.valid && !now.some((other) => other.field === one.field && other.valid),
  );
  if (broken.length > 0) faults.push(`${verifier}: ${broken.map((one) => one.field).join()} broken`);
  return faults;
}
