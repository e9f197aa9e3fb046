// PDF documents of a wanted size, valid to the byte: one page, and a stream that cannot be compressed.
import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

const piece = 1_048_576;

/** Writes a document of exactly `size` bytes, at least 1000. */
export function makePdf(path, size) {
  const file = openSync(path, 'wx');
  try {
    const objects = [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
    ];
    const offsets = [];
    let at = 0;
    const put = (bytes) => (at += writeSync(file, bytes));
    put(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'));
    for (const [index, object] of objects.entries()) {
      offsets.push(at);
      put(`${index + 1} 0 obj\n${object}\nendobj\n`);
    }
    offsets.push(at);
    const streamAt = at;
    // What stands after the stream takes as many bytes wherever it stands, but for the digits of two numbers.
    const after = (where) =>
      `\nendstream\nendobj\nxref\n0 5\n0000000000 65535 f \n${offsets.map((one) => `${String(one).padStart(10, '0')} 00000 n \n`).join('')}` +
      `trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n${where}\n%%EOF\n`;
    const head = (length) => `4 0 obj\n<< /Length ${String(length).padStart(10, '0')} >>\nstream\n`;
    const tail = after(String(size).padStart(10, '0')).length;
    const length = size - streamAt - head(0).length - tail;
    put(head(length));
    const noise = Buffer.alloc(piece);
    for (let left = length; left > 0; left -= piece) put(randomFillSync(noise).subarray(0, Math.min(left, piece)));
    put(after(String(at + '\nendstream\nendobj\n'.length).padStart(10, '0')));
  } finally {
    closeSync(file);
  }
}
