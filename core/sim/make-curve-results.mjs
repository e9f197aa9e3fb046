// Writes curve-results.ts anew, from what `tsc -b` made: for when a key or a certificate of a simulated card has changed, and its test says so.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { certificates } from '../dist/sim/certificate-builder.js';
import { personalities } from '../dist/sim/create-card.js';
import { keys, pointOf } from '../dist/sim/ec-key.js';
import { testCa } from '../dist/sim/test-ca.js';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
for (const { states, build } of Object.values(personalities)) for (const state of states) build(state, {});
// Each is made when it is asked for.
Object.values(testCa().issuing);

const points = [...keys].map(([name, { curve, secret }]) => [name, hex(pointOf(curve, secret))]);

const ders = [...certificates].map(([name, der]) => [name, hex(der)]);

const table = (entries) => JSON.stringify(Object.fromEntries([...entries].sort()), undefined, 2);
const text = `/**
 * The public keys and the certificates of simulated cards: they come out the same in every run, and take longer than all the rest of
 * a simulated card. Made by make-curve-results.mjs; what does not stand here is computed.
 */

/** Uncompressed points of public keys, hex, by curve and label. */
export const publicPoints: Readonly<Record<string, string>> = ${table(points)};

/** Certificates, DER in hex, by what they say. */
export const knownCertificates: Readonly<Record<string, string>> = ${table(ders)};
`;
writeFileSync(fileURLToPath(new URL('curve-results.ts', import.meta.url)), text);
console.log(`${points.length} points, ${ders.length} certificates`);
