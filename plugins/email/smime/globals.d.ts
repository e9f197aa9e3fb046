// The few web globals that every JavaScript platform has; the plugin may use these and nothing of Node.
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare function atob(base64: string): string;
declare function btoa(binary: string): string;

declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

interface CryptoKey {
  readonly type: string;
}

/** The part of WebCrypto that checks signatures and enciphers for others, and its random bytes. */
declare const crypto: {
  getRandomValues<T extends Uint8Array>(bytes: T): T;
  readonly subtle: {
    importKey(
      format: 'spki',
      key: Uint8Array,
      algorithm: { readonly name: string; readonly namedCurve?: string; readonly hash?: string },
      extractable: boolean,
      usages: readonly ('verify' | 'encrypt')[],
    ): Promise<CryptoKey>;
    verify(
      algorithm: { readonly name: 'ECDSA'; readonly hash: string },
      key: CryptoKey,
      signature: Uint8Array,
      data: Uint8Array,
    ): Promise<boolean>;
    encrypt(algorithm: { readonly name: 'RSA-OAEP' }, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
  };
};
