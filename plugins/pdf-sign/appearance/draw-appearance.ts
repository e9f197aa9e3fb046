import * as fontkit from 'fontkit';
import { PDFDocument, type PDFImage, type PDFPage, rgb } from '@cantoo/pdf-lib';
import type { AppearanceObjects } from '../pdf/appearance-objects.js';
import { fitLines, leading, type Measure } from './fit-lines.js';
import { formObjects } from './form-objects.js';
import { loadFonts } from './fonts.js';
import { type AppearanceImage, ImageError, imageKind, isTransparentPng } from './image.js';

/** What a visible signature shows. */
export interface Looks {
  /** As they are to be read; the first one, the name, is bold. */
  readonly lines: readonly string[];
  readonly image?: AppearanceImage | undefined;
  /** Points, as seen. */
  readonly width: number;
  readonly height: number;
  /** Of the page: degrees clockwise. */
  readonly rotate: number;
  /** PDF/A-1 knows no transparency: an image that has some is refused. */
  readonly opaque: boolean;
}

const ink = rgb(0.09, 0.13, 0.22);
const frame = rgb(0.55, 0.6, 0.7);

/**
 * Draws the looks of a signature: a form XObject with its fonts, of which only the letters used are embedded.
 * Fails with `ImageError` for an image that cannot be drawn.
 */
export async function drawAppearance(looks: Looks): Promise<AppearanceObjects> {
  const { width, height, lines, image, opaque } = looks;
  const document = await PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(fontkit);
  const page = document.addPage([width, height]);
  page.drawRectangle({
    x: 0.25,
    y: 0.25,
    width: width - 0.5,
    height: height - 0.5,
    borderColor: frame,
    borderWidth: 0.5,
  });
  const margin = Math.min(5, Math.min(width, height) * 0.08);
  const inner = { x: margin, y: margin, width: width - 2 * margin, height: height - 2 * margin };
  const text = image === undefined ? inner : await drawImage(document, page, image, inner, lines.length > 0, opaque);
  if (lines.length > 0) await drawLines(document, page, lines, text);
  return formObjects(await document.save({ useObjectStreams: false, addDefaultPage: false }), looks);
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function drawLines(document: PDFDocument, page: PDFPage, lines: readonly string[], area: Area): Promise<void> {
  const fonts = await loadFonts();
  const plain = await document.embedFont(fonts.plain, { subset: true, customName: `${subsetTag()}+DejaVuSans` });
  const bold = await document.embedFont(fonts.bold, { subset: true, customName: `${subsetTag()}+DejaVuSans-Bold` });
  const measure: Measure = (text, strong) => (strong ? bold : plain).widthOfTextAtSize(text, 1);
  const { size, lines: fitted } = fitLines(lines, area.width, area.height, measure);
  const whole = fitted.length * size * leading;
  let y = area.y + (area.height + whole) / 2 - size;
  for (const line of fitted) {
    page.drawText(line.text, { x: area.x, y, size, font: line.bold ? bold : plain, color: ink });
    y -= size * leading;
  }
}

/** Draws the image at the left, or over the text in a narrow box; gives what is left for the text. */
async function drawImage(
  document: PDFDocument,
  page: PDFPage,
  image: AppearanceImage,
  area: Area,
  shared: boolean,
  opaque: boolean,
): Promise<Area> {
  const wide = area.width >= area.height;
  const part = !shared ? 1 : 0.4;
  const room: Area = wide
    ? { ...area, width: area.width * part }
    : { ...area, y: area.y + area.height * (1 - part), height: area.height * part };
  await drawInto(document, page, image, room, opaque);
  return wide
    ? { ...area, x: area.x + room.width + 4, width: area.width - room.width - 4 }
    : { ...area, height: area.height - room.height - 4 };
}

async function drawInto(
  document: PDFDocument,
  page: PDFPage,
  { bytes }: AppearanceImage,
  room: Area,
  opaque: boolean,
): Promise<void> {
  const kind = imageKind(bytes);
  if (kind === undefined) throw new ImageError('unknown');
  if (kind === 'png' && opaque && isTransparentPng(bytes)) throw new ImageError('transparent');
  try {
    if (kind === 'svg') {
      const { x, y, width, height } = room;
      return await page.drawSvg(new TextDecoder().decode(bytes), { x, y: y + height, width, height });
    }
    const found: PDFImage = await (kind === 'png' ? document.embedPng(bytes) : document.embedJpg(bytes));
    const scale = Math.min(room.width / found.width, room.height / found.height);
    const [width, height] = [found.width * scale, found.height * scale];
    page.drawImage(found, { x: room.x, y: room.y + (room.height - height) / 2, width, height });
  } catch {
    throw new ImageError('damaged');
  }
}

/** Six letters before a subset's name, different for each (ISO 32000-1 §9.6.4). */
function subsetTag(): string {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
}
