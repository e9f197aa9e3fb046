// What the plugin uses of the web's globals beside what core does; nothing of Node.
declare function atob(base64: string): string;
declare function btoa(binary: string): string;

interface Crypto {
  getRandomValues<T extends Uint8Array>(bytes: T): T;
}

/** Enciphers for others. */
interface SubtleCrypto {
  importKey(
    format: 'spki',
    key: Uint8Array,
    algorithm: { readonly name: 'RSA-OAEP'; readonly hash: string },
    extractable: boolean,
    usages: readonly 'encrypt'[],
  ): Promise<CryptoKey>;
  encrypt(algorithm: { readonly name: 'RSA-OAEP' }, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
}
