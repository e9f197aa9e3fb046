import { access } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';

const file = 'p11-kit-client.so';

/** Where distributions put PKCS#11 modules: Debian under the triplet, Fedora and openSUSE in lib64, Arch and Alpine in lib. */
const folders = ['/usr/lib64/pkcs11', '/usr/lib/pkcs11', '/usr/local/lib/pkcs11', '/run/current-system/sw/lib/pkcs11'];

/** Debian's word for this processor: other processors' modules may be installed beside. */
const triplets: Readonly<Record<string, string>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  arm: 'arm-linux-gnueabihf',
  ia32: 'i386-linux-gnu',
  riscv64: 'riscv64-linux-gnu',
  ppc64: 'powerpc64le-linux-gnu',
  s390x: 's390x-linux-gnu',
};

/** The p11-kit client module of this computer; undefined when it is not installed. */
export async function modulePlace(arch: string = process.arch): Promise<string | undefined> {
  const own = triplets[arch];
  const places = [...(own === undefined ? [] : [`/usr/lib/${own}/pkcs11`]), ...folders];
  for (const folder of places) {
    const path = join(folder, file);
    if (await isReadable(path)) return path;
  }
  return undefined;
}

async function isReadable(path: string): Promise<boolean> {
  return await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}
