// The few web globals that every JavaScript platform has; core may use these and nothing of Node. Plugins see them too, and add to the
// interfaces what else they use.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

interface CryptoKey {
  readonly type: string;
}

/** The part of WebCrypto that checks signatures. */
interface SubtleCrypto {
  importKey(
    format: 'spki',
    key: Uint8Array,
    algorithm: { readonly name: 'ECDSA'; readonly namedCurve: string },
    extractable: boolean,
    usages: readonly 'verify'[],
  ): Promise<CryptoKey>;
  verify(
    algorithm: { readonly name: 'ECDSA'; readonly hash: string },
    key: CryptoKey,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>;
}
interface Crypto {
  readonly subtle: SubtleCrypto;
}
declare const crypto: Crypto;
