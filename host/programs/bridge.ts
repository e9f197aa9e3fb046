import { connect } from 'node:net';
import { join } from 'node:path';

/** Milliseconds in which a socket of this computer answers. */
const soon = 2_000;

/** The socket that `p11-kit-client.so` speaks to: what the environment names, else p11-kit's own place. */
export function socketOf(environment: NodeJS.ProcessEnv): string | undefined {
  const [, named] = /^unix:path=([^;]+)/.exec(environment['P11_KIT_SERVER_ADDRESS'] ?? '') ?? [];
  if (named !== undefined) return decodeURIComponent(named);
  const runtime = environment['XDG_RUNTIME_DIR'];
  return runtime === undefined ? undefined : join(runtime, 'p11-kit/pkcs11');
}

/** True when a PKCS#11 server answers: it is told a version and names one (p11-kit, rpc-transport.c). */
export async function answers(socket: string | undefined): Promise<boolean> {
  if (socket === undefined) return false;
  return await new Promise((resolve) => {
    const client = connect(socket);
    const done = (answered: boolean): void => {
      client.destroy();
      resolve(answered);
    };
    client.setTimeout(soon, () => done(false));
    client.once('error', () => done(false));
    client.once('close', () => done(false));
    client.once('data', () => done(true));
    client.write(Uint8Array.of(0));
  });
}
