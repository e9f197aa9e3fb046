/**
 * What a person is called in a document: given and family name of a distinguished name (RFC 4514), else its common name without the words that
 * are numbers, since national identity numbers stand there.
 */
export function personName(subject: string): string {
  const value = (types: string): string | undefined =>
    new RegExp(`(?:^|[,+]\\s*)(?:${types})=((?:\\\\.|[^,+\\\\])*)`).exec(subject)?.[1]?.replaceAll(/\\(.)/g, '$1');
  const [given, family] = [value('GN|G|givenName|2\\.5\\.4\\.42'), value('SN|surname|2\\.5\\.4\\.4')];
  if (given && family) return `${given} ${family}`;
  const common = value('CN') ?? value('O') ?? '';
  const words = common.split(/\s+/).filter((word) => !/\d{4}/.test(word));
  return words.join(' ') || '?';
}
