// What the plugin uses of the web's globals beside what core does; nothing of Node.
declare function atob(base64: string): string;

interface Crypto {
  getRandomValues<T extends Uint8Array>(bytes: T): T;
}

interface ImportMeta {
  readonly url: string;
}
declare class URL {
  constructor(url: string, base: string);
  readonly href: string;
}
