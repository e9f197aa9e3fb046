// Writes curve-results.ts anew, from what `tsc -b` made: for when a key or a certificate of a simulated card has changed, and its test says so.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import { personalities } from '../dist/sim/create-card.js';
import { keys, pointOf } from '../dist/sim/ec-key.js';
import { testCa } from '../dist/sim/test-ca.js';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const filesIn = (file) => (file.kind === 'df' ? file.children.flatMap(filesIn) : [file.content]);

const files = Object.values(personalities).flatMap(({ states, build }) =>
  states.flatMap((state) => filesIn(build(state, {}).root)),
);
const authorities = Object.values(testCa().issuing).map(({ der }) => der);

const signatures = [...files, ...authorities].flatMap((content) => {
  const certificate = certificateIn(content);
  if (certificate === undefined) return [];
  const signed = new Uint8Array(AsnConvert.serialize(certificate.tbsCertificate));
  return [[createHash('sha384').update(signed).digest('hex'), hex(certificate.signatureValue)]];
});
const points = [...keys].map(([name, { curve, secret }]) => [name, hex(pointOf(curve, secret))]);

const table = (entries) => JSON.stringify(Object.fromEntries([...entries].sort()), undefined, 2);
const text = `/**
 * What the curves give for the keys and certificates of simulated cards: it comes out the same in every run, and takes longer than all the rest of
 * a simulated card. Made by make-curve-results.mjs; what does not stand here is computed.
 */

/** Uncompressed points of public keys, hex, by curve and label. */
export const publicPoints: Readonly<Record<string, string>> = ${table(points)};

/** Signatures of certificates, DER in hex, by the SHA-384 of what is signed. */
export const certificateSignatures: Readonly<Record<string, string>> = ${table(signatures)};
`;
writeFileSync(fileURLToPath(new URL('curve-results.ts', import.meta.url)), text);
console.log(`${points.length} points, ${Object.keys(Object.fromEntries(signatures)).length} signatures`);

function certificateIn(content) {
  try {
    return AsnConvert.parse(content, Certificate);
  } catch {
    return undefined;
  }
}
