import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from './browser.js';
import { buildPage } from './build-page.js';
import { drop } from './drop.js';
import { RunningHost } from './running-host.js';

const folder = fileURLToPath(new URL('../output/real/', import.meta.url));

let browser: Awaited<ReturnType<typeof openBrowser>>;
let host: RunningHost;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  buildPage();
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(() => {
  host = new RunningHost(browser.context);
  mkdirSync(join(host.folder, 'Documents'), { recursive: true });
});
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close();
  await host.stop();
});

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const stream = (entries: string, bytes: Buffer): Buffer =>
  Buffer.concat([latin(`<<${entries} /Length ${bytes.length}>>\nstream\n`), bytes, latin('\nendstream')]);

/** A page of 200 by 300 points: at the top a sentence in Japanese in a font that is not there, in the middle two of Zapf's dingbats, below a red picture in JPEG 2000. */
function rarePage(): Buffer {
  const picture = execFileSync('convert', ['-size', '64x64', 'xc:red', 'jp2:-']);
  const japanese = '<93fa967b8cea>';
  const content = `BT /F1 40 Tf 20 240 Td ${japanese} Tj ET BT /F2 40 Tf 20 140 Td (4l) Tj ET q 160 0 0 80 20 20 cm /I Do Q`;
  const info = '<</Registry (Adobe) /Ordering (Japan1) /Supplement 2>>';
  const objects = [
    latin('<</Type /Catalog /Pages 2 0 R>>'),
    latin('<</Type /Pages /Kids [3 0 R] /Count 1>>'),
    latin(
      '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 4 0 R /Resources <</Font <</F1 6 0 R /F2 9 0 R>> /XObject <</I 5 0 R>>>>>>',
    ),
    stream('', latin(content)),
    stream('/Type /XObject /Subtype /Image /Width 64 /Height 64 /Filter /JPXDecode', picture),
    latin('<</Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /90ms-RKSJ-H /DescendantFonts [7 0 R]>>'),
    latin(
      `<</Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo ${info} /FontDescriptor 8 0 R>>`,
    ),
    latin(
      '<</Type /FontDescriptor /FontName /Ryumin-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 709 /StemV 69>>',
    ),
    latin('<</Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats>>'),
  ];
  const parts = [latin('%PDF-1.5\n')];
  const places = objects.map((object, at) => {
    const place = Buffer.concat(parts).length;
    parts.push(latin(`${at + 1} 0 obj\n`), object, latin('\nendobj\n'));
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const start = Buffer.concat(parts).length;
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  parts.push(latin(`${table}trailer\n<</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** How many pixels of a third of the page, counted from the top, are of a colour. */
function coloured(page: Page, third: number, colour: 'red' | 'black'): Promise<number> {
  return page.evaluate(
    ([part, wanted]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.page-view canvas');
      const { width = 0, height = 0 } = canvas ?? {};
      const [top, tall] = [Math.round((height / 3) * Number(part)), Math.round(height / 3)];
      const { data = [] } = canvas?.getContext('2d')?.getImageData(0, top, width, tall) ?? {};
      let found = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
        const isRed = red > 200 && green < 60 && blue < 60;
        if (wanted === 'red' ? isRed : red + green + blue < 200) found += 1;
      }
      return found;
    },
    [third, colour] as const,
  );
}

it('a picture in JPEG 2000, Japanese in a font that is not in the document, and dingbats are shown', async () => {
  const page = await host.start('fineid-v4');
  const asked: (readonly [name: string, status: number])[] = [];
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url());
    if (pathname.startsWith('/pdf/')) asked.push([pathname.slice(5), answer.status()]);
  });
  await drop(page, 'rare.pdf', rarePage());
  await page.waitForSelector('[data-documents] >> text=rare.pdf');
  await page.click('#form-sign wa-switch');
  await page.waitForSelector('.signature-box');
  await page.screenshot({ path: join(folder, 'rare.png'), fullPage: true });
  expect(await coloured(page, 2, 'red')).toBeGreaterThan(1_000);
  for (const third of [0, 1]) expect(await coloured(page, third, 'black')).toBeGreaterThan(100);
  expect(asked.filter(([, status]) => status !== 200)).toEqual([]);
  const names = asked.map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining(['90ms-RKSJ-H.bcmap', 'openjpeg_nowasm_fallback.js', 'FoxitDingbats.pfb']),
  );
});
