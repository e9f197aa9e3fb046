import { execFile } from 'node:child_process';

/** Runs openssl in `folder`; gives its standard output, and fails with what it said. */
export function openssl(folder: string, ...args: readonly string[]): Promise<string> {
  return new Promise((done, failed) => {
    execFile('openssl', args, { cwd: folder, encoding: 'latin1', maxBuffer: 64 << 20 }, (error, out, told) => {
      if (error) failed(new Error(`openssl ${args.join(' ')}: ${told || error.message}`));
      else done(out);
    });
  });
}
