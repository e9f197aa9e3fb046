import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument } from '@cantoo/pdf-lib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPdf, pageOf } from '../../plugins/pdf-sign/pdf/open-pdf.js';
import { prepareSignature } from '../../plugins/pdf-sign/pdf/signature-update.js';
import { sourceOf } from '../../plugins/pdf-sign/pdf/source.js';
import { drawAppearance } from '../../plugins/pdf-sign/appearance/draw-appearance.js';
import { fitLines } from '../../plugins/pdf-sign/appearance/fit-lines.js';
import { imageKind, isTransparentPng } from '../../plugins/pdf-sign/appearance/image.js';
import { isOnPage, parsePlace, rectOf, seenSize } from '../../plugins/pdf-sign/appearance/seen-place.js';

const output = join(import.meta.dirname, '../output/appearance');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sigill-looks-'));
  mkdirSync(output, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lines = [
  'Anna Virtanen-Åström',
  'Reason: I approve of this offer',
  'Place: Jyväskylä',
  'Date: 21 November 2026 15:04',
];
const place = { page: 1, x: 40, y: 60, width: 200, height: 70 };

/** A page whose visible part does not begin at 0, signed at a place; gives the file. */
async function signed(rotate: number, looks: Partial<Parameters<typeof drawAppearance>[0]> = {}): Promise<string> {
  const document = await PDFDocument.create();
  const page = document.addPage([420, 300]);
  page.setCropBox(20, 30, 380, 250);
  page.setRotation(degrees(rotate));
  const bytes = await document.save();
  const pdf = await openPdf(sourceOf(bytes));
  const found = await pageOf(pdf, 1);
  const objects = await drawAppearance({
    lines,
    width: place.width,
    height: place.height,
    rotate,
    opaque: false,
    ...looks,
  });
  const { bytes: update } = await prepareSignature(pdf, {
    subFilter: 'ETSI.CAdES.detached',
    contentsSize: 100,
    appearance: { objects, at: { page: 1, rect: rectOf(found, place) } },
  });
  const path = join(folder, `signed-${rotate}.pdf`);
  writeFileSync(path, Buffer.concat([bytes, update]));
  return path;
}

describe('a visible signature', () => {
  it.each([0, 90, 180, 270])('stands upright where it was put, on a page turned by %i degrees', async (rotate) => {
    const path = await signed(rotate);
    const picture = join(output, `rotate-${rotate}.png`);
    execFileSync('pdftoppm', ['-png', '-r', '72', '-cropbox', '-singlefile', path, picture.replace(/\.png$/, '')]);
    const words = execFileSync('pdftotext', ['-bbox', '-cropbox', path, '-']).toString();
    const [, x = '', y = ''] = /xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>Anna</.exec(words) ?? [];
    const [, high] = seenSize(await pageOf(await openPdf(sourceOf(readFileSync(path))), 1));
    const [left, top] = [Number(x) - place.x, Number(y) - (high - place.y - place.height)];
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(20);
    expect(top).toBeGreaterThan(0);
    expect(top).toBeLessThan(20);
    expect(words).toContain('>Jyväskylä<');
  });

  it('has its letters embedded, and only those', async () => {
    const path = await signed(0);
    const fonts = execFileSync('pdffonts', [path]).toString().trim().split('\n').slice(2);
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+DejaVuSans.*yes yes/);
    expect(readFileSync(path).length).toBeLessThan(80_000);
    expect(execFileSync('qpdf', ['--check', path]).toString()).toContain('No syntax or stream encoding errors found');
  });

  it('shows an image beside its words, or alone', async () => {
    const svg = new TextEncoder().encode(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#c00"/></svg>',
    );
    for (const [name, looks] of [
      ['beside', { image: { bytes: svg } }],
      ['alone', { image: { bytes: svg }, lines: [] }],
    ] as const) {
      const path = await signed(0, looks);
      execFileSync('pdftoppm', ['-png', '-r', '72', '-singlefile', path, join(output, `image-${name}`)]);
      const colours = execFileSync('convert', [join(output, `image-${name}.png`), '-format', '%c', 'histogram:info:']);
      expect(colours.toString()).toContain('#CC0000');
    }
  });

  it.each([
    ['what is no image', new TextEncoder().encode('hello'), 'unknown'],
    ['a PNG that ends early', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0), 'damaged'],
  ])('does not take %s', async (_, bytes, why) => {
    await expect(
      drawAppearance({ lines, image: { bytes }, width: 100, height: 50, rotate: 0, opaque: false }),
    ).rejects.toMatchObject({ why });
  });

  it('takes no transparent image where the document allows none', async () => {
    const path = join(folder, 'seal.png');
    execFileSync('convert', ['-size', '20x20', 'xc:none', '-fill', 'red', '-draw', 'circle 10,10 10,2', path]);
    const bytes = readFileSync(path);
    expect([imageKind(bytes), isTransparentPng(bytes)]).toEqual(['png', true]);
    await expect(
      drawAppearance({ lines, image: { bytes }, width: 100, height: 50, rotate: 0, opaque: true }),
    ).rejects.toMatchObject({ why: 'transparent' });
  });
});

describe('the lines', () => {
  const measure = (text: string): number => [...text].length * 0.5;

  it('are as large as the box allows, and broken between words', () => {
    expect(fitLines(['Anna'], 200, 100, measure)).toEqual({ size: 11, lines: [{ text: 'Anna', bold: true }] });
    const { size, lines: fitted } = fitLines(['Anna', 'one two three four five six'], 60, 50, measure);
    expect(size).toBeLessThan(11);
    expect(fitted.map(({ text }) => text).join(' ')).toBe('Anna one two three four five six');
  });

  it('are cut, and say so, when nothing else helps', () => {
    const { size, lines: fitted } = fitLines(['Donaudampfschiffahrtsgesellschaft', 'x', 'y', 'z'], 20, 12, measure);
    expect(size).toBe(4);
    expect(fitted.map(({ text }) => text)).toEqual(['Donaudamp…', 'x']);
  });
});

describe('a place', () => {
  const page = { cropBox: [20, 30, 400, 280], rotate: 90 } as never;

  it('is five numbers', () => {
    expect(parsePlace('2, 10,20.5,100,40')).toEqual({ page: 2, x: 10, y: 20.5, width: 100, height: 40 });
    for (const wrong of [
      '',
      '1,2,3,4',
      '0,1,1,50,50',
      '1.5,1,1,50,50',
      '1,1,1,2,2',
      '1,-1,1,50,50',
      '1,a,1,50,50',
      '1,1e9,1,50,50',
    ])
      expect(parsePlace(wrong), wrong).toBeUndefined();
  });

  it('lies on the page as it is seen', () => {
    expect(seenSize(page)).toEqual([250, 380]);
    expect(isOnPage(page, { page: 1, x: 0, y: 300, width: 250, height: 80 })).toBe(true);
    expect(isOnPage(page, { page: 1, x: 0, y: 300, width: 251, height: 80 })).toBe(false);
  });
});
