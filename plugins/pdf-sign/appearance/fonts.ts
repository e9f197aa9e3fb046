/** DejaVu Sans, plain and bold, as TrueType: made into this package by its build. */
export interface Fonts {
  readonly plain: Uint8Array;
  readonly bold: Uint8Array;
}

/** Reads the fonts; only who draws pays for them. */
export async function loadFonts(): Promise<Fonts> {
  // The same folder, from the sources and from what is built of them.
  const folder = import.meta.url.includes('/dist/') ? '../fonts' : '../dist/fonts';
  const place = new URL(`${folder}/dejavu-sans.json`, import.meta.url).href;
  const { default: found } = (await import(place, { with: { type: 'json' } })) as {
    readonly default: { readonly plain: string; readonly bold: string };
  };
  return { plain: decoded(found.plain), bold: decoded(found.bold) };
}

function decoded(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
