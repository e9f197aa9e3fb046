import { createECDH, hkdfSync } from 'node:crypto';
import type { PinPageView } from '../../host/window/pin-page/view.js';
import { OriginClient, type Reply } from './origin-client.js';

const octets = 'application/octet-stream';

/** What the PIN page's script does, without a browser. */
export class PinClient {
  readonly origin: OriginClient;

  constructor(address: string) {
    this.origin = new OriginClient(address);
  }

  async enter(): Promise<PinPageView> {
    await this.origin.enter();
    return JSON.parse((await this.origin.get('/form')).body) as PinPageView;
  }

  /** Sends digits, given as bytes, under the seal. */
  async answer(view: PinPageView, digits: readonly Uint8Array[], agreed = false): Promise<Reply> {
    return await this.origin.post('/answer', octets, sealed(view.key, plain(digits, agreed)));
  }

  tell(path: '/more' | '/cancel'): Promise<Reply> {
    return this.origin.post(path, octets, '');
  }
}

/** The yes, then each field with its length before its digits. */
export function plain(digits: readonly Uint8Array[], agreed = false): Uint8Array {
  return Uint8Array.from([agreed ? 1 : 0, ...digits.flatMap((each) => [each.length, ...each])]);
}

/** An answer as it crosses the socket. */
export function sealed(key: string, bytes: Uint8Array, length = 256): Uint8Array {
  const pair = createECDH('prime256v1');
  const own = pair.generateKeys();
  const host = Buffer.from(key, 'hex');
  const salt = Buffer.concat([host, own]);
  const stream = new Uint8Array(hkdfSync('sha256', pair.computeSecret(host), salt, 'sigill pin page', 256));
  const hidden = stream.slice(0, length).map((byte, at) => byte ^ (bytes[at] ?? 0));
  return Buffer.concat([own, hidden]);
}

export const ascii = (digits: string): Uint8Array => new TextEncoder().encode(digits);
