import { toHex } from '../bytes.js';
import { dottedOid, hasBit, insideOf, plainText, unsignedNumber } from '../der.js';
import { findTlv, scanTlv, type Tlv } from '../tlv.js';

/** One way to use a key that the card offers (ISO/IEC 7816-15 §8.10, AlgorithmInfo). */
export interface CardAlgorithm {
  /** What private keys name it by. */
  readonly reference: number;
  /** PKCS #11 mechanism. */
  readonly mechanism: number;
  readonly signs: boolean;
  /** Dotted. */
  readonly identifier?: string;
  /** Value of tag 80 in MANAGE SECURITY ENVIRONMENT. */
  readonly code?: number;
}

/** What EF.CIAInfo (TokenInfo) says of the whole card. */
export interface CardInfo {
  /** Hex. */
  readonly serial?: string;
  readonly manufacturer?: string;
  readonly label?: string;
  readonly algorithms: readonly CardAlgorithm[];
  readonly notes: readonly string[];
}

/** Reads EF.CIAInfo as far as it goes; whatever is strange in it becomes a note. */
export function parseCardInfo(bytes: Uint8Array): CardInfo {
  const outer = findTlv(scanTlv(bytes).objects, 0x30);
  if (!outer) return { algorithms: [], notes: ['EF.CIAInfo: not understood'] };
  const { objects, broken } = scanTlv(outer);
  const serial = findTlv(objects, 0x04);
  const manufacturer = findTlv(objects, 0x0c);
  const label = findTlv(objects, 0x80);
  const { algorithms, skipped } = algorithmsIn(findTlv(objects, 0xa2));
  return {
    ...(serial && { serial: toHex(serial) }),
    ...(manufacturer && { manufacturer: plainText(manufacturer) }),
    ...(label && { label: plainText(label) }),
    algorithms,
    notes: [
      ...(broken ? ['EF.CIAInfo: broken'] : []),
      ...(skipped > 0 ? [`EF.CIAInfo: ${skipped} algorithms skipped`] : []),
    ],
  };
}

const mostAlgorithms = 64;

function algorithmsIn(content: Uint8Array | undefined): { algorithms: readonly CardAlgorithm[]; skipped: number } {
  const { objects } = scanTlv(content ?? new Uint8Array());
  const algorithms = objects.slice(0, mostAlgorithms).flatMap((entry) => readAlgorithm(entry) ?? []);
  return { algorithms, skipped: objects.length - algorithms.length };
}

// reference, algorithm, parameters, supportedOperations, objId, algRef. The parameters may be anything: RSA-PSS has a SEQUENCE.
function readAlgorithm({ value }: Tlv): CardAlgorithm | undefined {
  const parts = insideOf(value);
  const [reference, mechanism, ...rest] = parts ?? [];
  if (reference?.tag !== 0x02 || mechanism?.tag !== 0x02) return undefined;
  const numbers = [unsignedNumber(reference.value), unsignedNumber(mechanism.value)] as const;
  if (numbers[0] === undefined || numbers[1] === undefined) return undefined;
  const operations = findTlv(rest, 0x03);
  const oid = findTlv(rest.slice(1), 0x06);
  const identifier = oid && dottedOid(oid);
  const last = rest.at(-1);
  const code = last?.tag === 0x02 && rest.length > 1 ? unsignedNumber(last.value) : undefined;
  return {
    reference: numbers[0],
    mechanism: numbers[1],
    // Operations: 0 compute-checksum, 1 compute-signature.
    signs: hasBit(operations, 1),
    ...(identifier !== undefined && { identifier }),
    ...(code !== undefined && { code }),
  };
}
