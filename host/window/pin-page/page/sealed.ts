import type { PinPageView } from '../view.js';

const length = 256;

/**
 * The person's answer under the seal of the question: this page's key, then the yes and each field with a length byte before its
 * bytes (UTF-8), hidden under a key stream that only the host can make again. What was typed is read from the inputs here and nowhere else.
 */
export async function sealed(
  { key }: PinPageView,
  inputs: readonly HTMLInputElement[],
  agreed: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const host = Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const theirs = await crypto.subtle.importKey('raw', host, curve, false, []);
  const pair = (await crypto.subtle.generateKey(curve, false, ['deriveBits'])) as CryptoKeyPair;
  const own = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256);
  const base = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const salt = Uint8Array.of(...host, ...own);
  const info = new TextEncoder().encode('sigill pin page');
  const stream = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, 8 * length);
  const answer = new Uint8Array(own.length + length);
  answer.set(own);
  answer.set(new Uint8Array(stream), own.length);
  hide(answer.subarray(own.length), inputs, agreed);
  return answer;
}

function hide(stream: Uint8Array, inputs: readonly HTMLInputElement[], agreed: boolean): void {
  let at = 0;
  const put = (byte: number): void => void (stream[at] = (stream[at++] ?? 0) ^ byte);
  put(agreed ? 1 : 0);
  for (const { value } of inputs) {
    const bytes = new TextEncoder().encode(value);
    put(bytes.length);
    bytes.forEach(put);
    bytes.fill(0);
  }
}
