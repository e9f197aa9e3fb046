import { isAbsolute, join } from 'node:path';

/** Where programs find Sigill. */
export interface Pkcs11Places {
  /** Sigill's own socket. */
  readonly own: string;
  /** The one that p11-kit's module looks for when nothing tells it another; absent without a runtime folder. */
  readonly usual?: string;
}

/** The places of a person; `runtime` is Sigill's own folder there. */
export function pkcs11Places(runtime: string, environment: Readonly<Record<string, string | undefined>>): Pkcs11Places {
  const named = environment['XDG_RUNTIME_DIR'];
  const usual = named !== undefined && isAbsolute(named) ? { usual: join(named, 'p11-kit', 'pkcs11') } : {};
  return { own: join(runtime, 'pkcs11.sock'), ...usual };
}

/** A socket's path as `P11_KIT_SERVER_ADDRESS` wants it: what is not plain is written as %XX (p11-kit `path.c`). */
export function serverAddress(path: string): string {
  const encoded = [...Buffer.from(path)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9/_.-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  return `unix:path=${encoded}`;
}
