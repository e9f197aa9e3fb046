// The part of sax (a streaming XML reader in plain JavaScript) that is used here.
declare module 'sax' {
  export interface Reader {
    onopentag: (tag: { readonly local: string; readonly uri: string }) => void;
    onclosetag: () => void;
    ontext: (text: string) => void;
    onerror: (error: Error) => void;
    write(text: string): Reader;
    close(): Reader;
  }
  const sax: { parser(strict: boolean, options: { readonly xmlns: boolean; readonly position: boolean }): Reader };
  export default sax;
}
