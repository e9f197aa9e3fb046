/** A time as /M has it (ISO 32000-1 §7.9.4), in UTC. */
export function pdfTime(at: Date): string {
  return `D:${at.toISOString().replaceAll(/[-:T]|\..*$/g, '')}+00'00'`;
}

/** Milliseconds since 1970 of a time in a document; undefined when it is none. Without an offset it counts as UTC. */
export function timeOfPdf(text: string | undefined): number | undefined {
  const found = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?)?/.exec(text ?? '');
  if (!found) return undefined;
  const part = (at: number, otherwise: number): number => (found[at] === undefined ? otherwise : Number(found[at]));
  const local = Date.UTC(part(1, 1970), part(2, 1) - 1, part(3, 1), part(4, 0), part(5, 0), part(6, 0));
  const offset = (part(8, 0) * 60 + part(9, 0)) * 60_000;
  return found[7] === '-' ? local + offset : local - offset;
}
