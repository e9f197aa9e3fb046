import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Page } from 'playwright-core';

/** A document of two pages: one upright, one wide. */
export async function twoPages(): Promise<Uint8Array> {
  const made = await PDFDocument.create();
  const font = await made.embedFont(StandardFonts.TimesRoman);
  for (const [at, size] of (
    [
      [595, 842],
      [842, 595],
    ] as const
  ).entries()) {
    const page = made.addPage([...size]);
    page.drawText(`Page ${at + 1} of an offer`, { x: 60, y: size[1] - 90, size: 24, font });
    for (let line = 0; line < 12; line += 1)
      page.drawText('We deliver what was agreed, on the day that was agreed.', {
        x: 60,
        y: size[1] - 140 - line * 22,
        size: 13,
        font,
      });
  }
  return await made.save();
}

/** Drops a file onto the page, wherever it is. */
export async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(content)], fileName, { type: 'application/pdf' }));
      return transfer;
    },
    [name, [...bytes]] as const,
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer });
}
