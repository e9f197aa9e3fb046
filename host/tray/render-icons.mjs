// Draws the tray's icons: each icons/*.svg becomes, in dist/tray/icons, NAME-SIZE.png, NAME-SIZE.argb and NAME.ico. Part of the build.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const sources = fileURLToPath(new URL('icons', import.meta.url));
/** Where to: `node render-icons.mjs [FOLDER]`. */
const drawn = process.argv[2] ?? fileURLToPath(new URL('../dist/tray/icons', import.meta.url));
/** Pixels; the same list as in icon-files.ts. */
const sizes = [16, 22, 24, 32, 48, 64];

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
rmSync(drawn, { recursive: true, force: true });
mkdirSync(drawn, { recursive: true });
const names = readdirSync(sources).filter((name) => name.endsWith('.svg'));
for (const name of names) draw(join(sources, name));
console.log(`${names.length} icons in ${sizes.length} sizes: ${drawn}`);

function draw(path) {
  const name = basename(path, '.svg');
  const svg = readFileSync(path, 'utf8');
  const pictures = sizes.map((size) => {
    const picture = new Resvg(svg, {
      fitTo: { mode: 'width', value: size },
      font: { loadSystemFonts: false },
    }).render();
    const png = picture.asPng();
    writeFileSync(join(drawn, `${name}-${size}.png`), png);
    writeFileSync(join(drawn, `${name}-${size}.argb`), argb(picture.pixels));
    return { size, png };
  });
  writeFileSync(join(drawn, `${name}.ico`), ico(pictures));
}

/** StatusNotifierItem: ARGB32 in network byte order, not premultiplied; resvg gives premultiplied RGBA. */
function argb(rgba) {
  const pixels = Buffer.alloc(rgba.length);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3];
    pixels[at] = alpha;
    for (let part = 0; part < 3; part++) {
      pixels[at + 1 + part] = alpha === 0 ? 0 : Math.min(255, Math.round((rgba[at + part] * 255) / alpha));
    }
  }
  return pixels;
}

/** An icon file of Windows: a directory of 16 bytes a picture, then the pictures as PNG (Windows Vista and later). */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ size, png }, index) => {
    const entry = 6 + 16 * index;
    head.writeUInt8(size, entry);
    head.writeUInt8(size, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => Buffer.from(png))]);
}
