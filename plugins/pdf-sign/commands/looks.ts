import { largestImage } from '../appearance/image.js';
import { isOnPage, rectOf } from '../appearance/seen-place.js';
import type { EmptyField } from '../pdf/empty-fields.js';
import { pageOf, type Pdf } from '../pdf/open-pdf.js';
import type { Page } from '../pdf/pages.js';
import type { Appearance } from '../pdf/signature-update.js';
import { readRange } from './document-source.js';
import { Refusal } from './refusal.js';
import type { Wish } from './wish.js';
import { wordsIn } from './words.js';
import type { Work } from './work.js';

/** Pages that are looked through for the one that a field is on. */
const mostPages = 500;

/** What a visible signature shows, and where; undefined for one that is not seen. Fails with `Refusal`, `pdf-page-unknown`. */
export async function looksOf(
  { documents }: Work,
  pdf: Pdf,
  wish: Wish,
  name: string,
  time: Date,
): Promise<Appearance | undefined> {
  const spot = await spotOf(pdf, wish);
  if (spot === undefined) return undefined;
  const { drawAppearance } = await import('../appearance/draw-appearance.js');
  const image = wish.image === undefined ? undefined : await readImage(documents, wish.image);
  try {
    const objects = await drawAppearance({
      lines: await linesOf(wish, name, time),
      ...(image && { image: { bytes: image } }),
      width: spot.width,
      height: spot.height,
      rotate: spot.page.rotate,
      opaque: pdf.pdfA?.startsWith('1') === true,
    });
    return { objects, at: spot.at };
  } catch (error) {
    if (error instanceof Error && error.name === 'ImageError' && 'why' in error)
      throw new Refusal('sign.image', { why: error.why });
    throw error;
  }
}

interface Spot {
  readonly page: Page;
  readonly width: number;
  readonly height: number;
  readonly at?: Appearance['at'];
}

async function spotOf(pdf: Pdf, { field, place }: Wish): Promise<Spot | undefined> {
  const own = pdf.emptyFields.find(({ name }) => name === field);
  if (own !== undefined) return await spotOfField(pdf, own);
  if (place === undefined) return undefined;
  const page = await pageOf(pdf, place.page);
  if (!isOnPage(page, place)) throw new Refusal('sign.place-outside', { page: place.page });
  const { width, height } = place;
  return { page, width, height, at: { page: place.page, rect: rectOf(page, place) } };
}

/** An existing field has its own rectangle; it is shown turned as its page is. */
async function spotOfField(pdf: Pdf, { rect, page: ref }: EmptyField): Promise<Spot | undefined> {
  if (rect === undefined) return undefined;
  let page = await pageOf(pdf, 1);
  for (let at = 2; ref !== undefined && page.ref.num !== ref.num && at <= Math.min(pdf.pages, mostPages); at += 1)
    page = await pageOf(pdf, at);
  const [width, height] = [rect[2] - rect[0], rect[3] - rect[1]];
  return page.rotate % 180 === 0 ? { page, width, height } : { page, width: height, height: width };
}

async function linesOf(
  { reason, location, level, format, language }: Wish,
  name: string,
  time: Date,
): Promise<string[]> {
  const words = await wordsIn(language);
  const date = time.toISOString().slice(0, 16).replace('T', ' ');
  return [
    name,
    words('looks.time', { time: `${date} UTC` }),
    ...(reason === undefined ? [] : [words('looks.reason', { reason })]),
    ...(location === undefined ? [] : [words('looks.location', { location })]),
    ...(format === 'pades' ? [`PAdES ${level}`] : []),
  ];
}

async function readImage(documents: Work['documents'], image: string): Promise<Uint8Array> {
  const { size, name } = await documents.info(image);
  if (size > largestImage) throw new Refusal('sign.image-large', { name });
  return await readRange(documents, image, 0, size);
}
