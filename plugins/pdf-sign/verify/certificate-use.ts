import { type Extensions, oids } from '@sigill/core/cms';

// RFC 5280 §4.2.1.12, RFC 9336, and what Adobe and Microsoft had before it.
const documents: readonly string[] = [
  oids.anyUsage,
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.36',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
];
const webServer = '1.3.6.1.5.5.7.3.1';
const person = '1.3.6.1.5.5.7.3.2';

/**
 * True when a certificate's key may sign documents: its key usage allows signatures, and its extended key usage, where it has one, names mail,
 * documents, or log-in by a person. The computer's store vouches for web servers too, whose keys sign no documents.
 */
export function isMeantForSignatures({ usage, extendedUsage }: Extensions): boolean {
  if (usage && !usage.includes('nonRepudiation') && !usage.includes('digitalSignature')) return false;
  if (!extendedUsage) return true;
  const { purposes } = extendedUsage;
  return (
    purposes.some((purpose) => documents.includes(purpose)) ||
    (purposes.includes(person) && !purposes.includes(webServer))
  );
}
