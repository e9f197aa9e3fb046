import type { KeyUsage } from '../index.js';
import { keyUsages } from '../key-usages.js';
import { type Ber, each, firstOf, inside, orUndefined, partsOf } from './ber.js';
import { toHex } from './bytes.js';
import { oids } from './oids.js';
import { latin, octetsOf, oidOf, smallInteger, truth } from './values.js';

/** What a certificate's extensions say (RFC 5280 §4.2). An extension that cannot be read counts as one that is not understood. */
export interface Extensions {
  readonly ca: boolean;
  readonly pathLength?: number;
  /** Absent when the certificate does not limit its use. */
  readonly usage?: readonly KeyUsage[];
  readonly extendedUsage?: { readonly critical: boolean; readonly purposes: readonly string[] };
  /** Hex. */
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  readonly ocsp: readonly string[];
  readonly caIssuers: readonly string[];
  readonly crls: readonly string[];
  /** An OCSP responder's certificate that need not be checked itself (RFC 6960 §4.2.2.2.1). */
  readonly ocspNoCheck: boolean;
  /** Says that it is qualified (ETSI EN 319 412-5). */
  readonly qualified: boolean;
  /** Critical ones that are not understood: the certificate must not be relied on. */
  readonly unknownCritical: readonly string[];
}

// Policies are kept out of the verdict: none is asked for, so that constraints on them cannot be broken.
const harmless: readonly string[] = [
  oids.policies,
  oids.policyMappings,
  oids.policyConstraints,
  oids.anyPolicyInhibited,
  oids.subjectAltName,
  oids.issuerAltName,
];

type Draft = { -readonly [Key in keyof Extensions]: Extensions[Key] };

/** Reads the SEQUENCE of extensions. Fails with `Malformed` when it is none. */
export function readExtensions(list: Ber | undefined): Extensions {
  const found: Draft = {
    ca: false,
    ocsp: [],
    caIssuers: [],
    crls: [],
    ocspNoCheck: false,
    qualified: false,
    unknownCritical: [],
  };
  for (const extension of list ? inside(list, 0x30) : []) {
    const parts = partsOf(extension);
    const id = oidOf(parts.next());
    const critical = truth(parts.maybe(0x01));
    const value = octetsOf(parts.next());
    const read = readers[id];
    const said = read && orUndefined(() => read(firstOf(value), critical));
    if (said) Object.assign(found, said);
    else if (critical && !harmless.includes(id)) found.unknownCritical = [...found.unknownCritical, id];
  }
  return found;
}

const readers: Readonly<Record<string, (value: Ber, critical: boolean) => Partial<Extensions>>> = {
  [oids.basicConstraints]: (value) => {
    const parts = partsOf(value);
    const ca = truth(parts.maybe(0x01));
    const length = parts.maybe(0x02);
    return { ca, ...(length && { pathLength: smallInteger(length) }) };
  },
  [oids.keyUsage]: ({ value }) => ({
    usage: keyUsages.filter((_, bit) => ((value[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0),
  }),
  [oids.extendedKeyUsage]: (value, critical) => ({
    extendedUsage: { critical, purposes: inside(value, 0x30).map(oidOf) },
  }),
  [oids.subjectKeyId]: (value) => ({ subjectKeyId: toHex(octetsOf(value)) }),
  [oids.authorityKeyId]: (value) => {
    const id = inside(value, 0x30).find(({ tag }) => tag === 0x80);
    return id ? { authorityKeyId: toHex(id.value) } : {};
  },
  [oids.authorityInfo]: (value) => {
    const entries = inside(value, 0x30).map((entry) => {
      const parts = partsOf(entry);
      return { method: oidOf(parts.next()), place: parts.next() };
    });
    const of = (method: string): string[] =>
      entries.filter((entry) => entry.method === method).flatMap(({ place }) => address(place));
    return { ocsp: of(oids.ocsp), caIssuers: of(oids.caIssuers) };
  },
  [oids.crlPoints]: (value) => ({ crls: inside(value, 0x30).flatMap((point) => [...addresses(point)]) }),
  [oids.ocspNoCheck]: () => ({ ocspNoCheck: true }),
  [oids.qcStatements]: (value) => ({
    qualified: inside(value, 0x30).some((statement) => oidOf(partsOf(statement).next()) === '0.4.0.1862.1.1'),
  }),
};

// DistributionPoint [0] distributionPoint [0] fullName [6] address.
function* addresses(point: Ber): Generator<string> {
  const name = inside(point, 0x30).find(({ tag }) => tag === 0xa0);
  for (const choice of name ? each(name.value) : []) {
    if (choice.tag !== 0xa0) continue;
    for (const place of each(choice.value)) yield* address(place);
  }
}

function address({ tag, value }: Ber): string[] {
  const text = tag === 0x86 ? latin(value) : '';
  return /^https?:\/\/[\x21-\x7e]+$/i.test(text) ? [text] : [];
}
