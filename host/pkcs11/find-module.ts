import { existsSync } from 'node:fs';

const name = 'p11-kit-client.so';

/** Debian and Ubuntu, Fedora and openSUSE, Arch, Homebrew. */
const folders = [
  ...['x86_64', 'aarch64'].map((processor) => `/usr/lib/${processor}-linux-gnu/pkcs11`),
  '/usr/lib/arm-linux-gnueabihf/pkcs11',
  '/usr/lib64/pkcs11',
  '/usr/lib/pkcs11',
  '/opt/homebrew/lib/pkcs11',
  '/usr/local/lib/pkcs11',
];

/** The path of p11-kit's module, which programs load; undefined where it is not installed. */
export function findModule(): string | undefined {
  return folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}
