import { expect, it } from 'vitest';
import { loadPackage, whyNotLoaded } from './load-package.js';

it('a package that was not installed is told as that, without where it was looked for', () => {
  expect(() => loadPackage('a-package-that-nobody-has')).toThrow(
    expect.objectContaining({ code: 'service-absent', facts: { why: 'a-package-that-nobody-has: not installed' } }),
  );
});

it('the library that a package is linked with is named', () => {
  const linked = new Error('libpcsclite.so.1: cannot open shared object file: No such file or directory');
  expect(whyNotLoaded('pcsclite', linked)).toBe('pcsclite: libpcsclite.so.1 is missing');
  // As pcsc-mini wraps it.
  const wrapped = new Error(
    `Required addon dependency not found (@pcsc-mini/linux-x86_64-gnu):\n${linked}\n\n⚠ NOTE: If …`,
  );
  expect(whyNotLoaded('pcsc-mini', wrapped)).toBe('pcsc-mini: libpcsclite.so.1 is missing');
});

it('anything else is told in its own first line', () => {
  expect(whyNotLoaded('pcsclite', new Error('was built for another Node.js\nat …'))).toBe(
    'pcsclite: was built for another Node.js',
  );
});
