/** Attributes that are the number of a person: serialNumber and userId, by name and by object identifier. */
const numbered = /^(?:serialnumber|2\.5\.4\.5|uid|userid|0\.9\.2342\.19200300\.100\.1\.1|organizationidentifier)$/i;

/** A word with six digits or more: a personal identity code, a Swedish personal number, a FINUID, an HSA id. */
const numberWord = /\S*(?:\d[^\d\s]?){6,}\S*/g;

/** A certificate's subject (RFC 4514) without what numbers the person: such attributes and such words in others are left out. */
export function withoutIdentity(subject: string): string {
  return parts(subject)
    .flatMap((part) => {
      const at = part.indexOf('=');
      if (at < 0 || numbered.test(part.slice(0, at).trim())) return [];
      const value = part
        .slice(at + 1)
        .replace(numberWord, '')
        .replace(/\s+/g, ' ')
        .trim();
      return value === '' ? [] : [`${part.slice(0, at).trim()}=${value}`];
    })
    .join(',');
}

/** The attributes of a name: parted by commas and plus signs that are neither escaped nor quoted. */
function parts(subject: string): readonly string[] {
  return subject.match(/(?:\\.|"(?:\\.|[^"\\])*"|[^,+\\])+/gs) ?? [];
}
