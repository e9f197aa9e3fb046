import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from './tool.js';

/** One signature in the eyes of a verifier. */
export interface Verdict {
  readonly field: string;
  readonly valid: boolean;
  /** The newest revision is covered to its last byte. */
  readonly whole: boolean;
}

/** A password as ISO 32000-2 §7.6.4.3.3 prepares it, which these programs leave to their caller. */
const prepared = (password: string): string => password.replace(/\u00ad/g, '').normalize('NFKC');

/** What poppler says of each signature; undefined when its time was over. */
export async function pdfsig(path: string, password = ''): Promise<readonly Verdict[] | undefined> {
  const lock = password === '' ? [] : ['-opw', prepared(password), '-upw', prepared(password)];
  const { code, text } = await tool('pdfsig', ['-nocert', ...lock, path], 15_000);
  if (code === undefined) return undefined;
  return text
    .split(/^Signature #\d+:/m)
    .slice(1)
    .map((part) => ({
      field: /Signature Field Name: (.*)/.exec(part)?.[1] ?? '',
      valid: part.includes('Signature is Valid.'),
      whole: part.includes('Total document signed') && !part.includes('Not total document signed'),
    }));
}

/** What MuPDF says of each signature. */
export async function mutool(path: string, password = ''): Promise<readonly Verdict[] | undefined> {
  const { code, text } = await tool('mutool', [
    'sign',
    '-v',
    ...(password === '' ? [] : ['-p', prepared(password)]),
    path,
  ]);
  if (code === undefined) return undefined;
  return text
    .split(/^Verifying signature /m)
    .slice(1)
    .map((part) => ({
      field: /^\d+/.exec(part)?.[0] ?? '',
      valid: /unchanged since signing|signature is valid/.test(part),
      whole: part.includes('The document is unchanged since signing'),
    }));
}

/** True when MuPDF has to rebuild the document before it reads it. */
export async function mutoolRepairs(path: string, password = ''): Promise<boolean> {
  const { text } = await tool('mutool', ['info', '-M', ...(password === '' ? [] : ['-p', prepared(password)]), path]);
  return text.includes('trying to repair broken xref') || text.includes('repairing PDF document');
}

/** qpdf's exit code: 0 good, 3 warnings, 2 errors. */
export async function qpdf(path: string, password = ''): Promise<{ readonly code: number; readonly text: string }> {
  const { code, text } = await tool('qpdf', [
    ...(password === '' ? [] : [`--password=${prepared(password)}`]),
    '--check',
    path,
  ]);
  return { code: code ?? 9, text };
}

/** OpenSSL's word on a detached CMS over these bytes; the chain is not its question here. */
export async function openssl(folder: string, covered: Uint8Array, cms: Uint8Array): Promise<boolean> {
  writeFileSync(join(folder, 'covered'), covered);
  writeFileSync(join(folder, 'cms'), cms);
  const args = [
    'cms',
    '-verify',
    '-binary',
    '-inform',
    'DER',
    '-in',
    join(folder, 'cms'),
    '-content',
    join(folder, 'covered'),
  ];
  const { code } = await tool('openssl', [...args, '-noverify', '-out', '/dev/null']);
  return code === 0;
}

/** Pages 1 to 3 as pictures of 36 dots per inch. */
export async function looks(folder: string, path: string, password = ''): Promise<readonly Buffer[]> {
  const place = join(folder, 'looks');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  const lock = password === '' ? [] : ['-p', prepared(password)];
  await tool('mutool', ['draw', '-q', '-r', '36', ...lock, '-F', 'ppm', '-o', join(place, '%d.ppm'), path, '1-3']);
  return readdirSync(place)
    .sort()
    .map((file) => readFileSync(join(place, file)));
}
