import type { Net, TrustAnchor } from '@sigill/core';
import { each, oids, orUndefined, readAnchors, readPool, readSignedData, type SignedDataFacts } from '@sigill/core/cms';
import { fetchCertificates } from '../longterm/fetch-revocation.js';
import { documentDigest, type SignatureInput } from './check-pdf-signature.js';
import { EvidenceStore } from './evidence-store.js';
import type { Court } from './judge-certificate.js';
import { indicationOf, judgeSignature, type Proof } from './judge-signature.js';
import { judgeTimestamp } from './judge-timestamp.js';
import type { SignatureReport, SubIndication } from './report.js';

/** A document's signatures and what they are judged with. */
export interface DocumentInput {
  /** In the order of their revisions. */
  readonly signatures: readonly SignatureInput[];
  /** The document's DSS dictionary: raw DER. */
  readonly dss?:
    | {
        readonly certs: readonly Uint8Array[];
        readonly ocsps: readonly Uint8Array[];
        readonly crls: readonly Uint8Array[];
      }
    | undefined;
  readonly anchors: readonly TrustAnchor[];
  /** Given when services that certificates name may be asked. */
  readonly net?: Net | undefined;
  /** Milliseconds since 1970; the clock's unless told. */
  readonly now?: number | undefined;
}

/** Certificates of a document that are read. */
const mostCertificates = 1000;

/** Judges all signatures and document timestamps, the newest first, since each timestamp proves the ones before it; gives them in the order they came. */
export async function validateDocument(document: DocumentInput): Promise<readonly SignatureReport[]> {
  const { signatures, now = Date.now() } = document;
  const court = courtOf(document);
  const reports: SignatureReport[] = [];
  const proofs: (Proof & { readonly end: number })[] = [];
  for (const signature of signatures.toReversed()) {
    const later = proofs.filter(({ end }) => end > signature.end);
    if (signature.kind === 'signature') {
      reports.unshift(await judgeSignature(signature, later, now, court));
      continue;
    }
    const { report, proof } = await judgeDocumentTimestamp(signature, later, now, court);
    reports.unshift(report);
    if (proof) proofs.push({ ...proof, end: signature.end });
  }
  return reports;
}

async function judgeDocumentTimestamp(
  signature: SignatureInput,
  later: readonly Proof[],
  now: number,
  court: Court,
): Promise<{ readonly report: SignatureReport; readonly proof?: Proof }> {
  const at = Math.min(now, ...later.map(({ time }) => time));
  const digest = documentDigest(signature);
  const verdict = await judgeTimestamp('document', signature.contents, digest, at, later.length > 0, court);
  const { report, time, embedded } = verdict;
  const covered = signature.coversAllButContents;
  const sub = covered ? subOf(report.why) : 'FORMAT_FAILURE';
  return {
    report: {
      kind: 'timestamp',
      indication: indicationOf(sub),
      ...(sub && { subIndication: sub }),
      sentence: covered
        ? verdict.sentence
        : { key: 'verify.fault.FORMAT_FAILURE', values: { signer: report.authority ?? '?', algorithm: '' } },
      level: 'document-timestamp',
      subFilter: signature.subFilter ?? '',
      ...(report.authority !== undefined && { signer: report.authority }),
      chain: report.chain,
      ...(report.trust && { trust: report.trust }),
      ...(covered && time !== undefined && { provenTime: new Date(time).toISOString() }),
      timestamps: [report],
      notes: [],
    },
    ...(covered && time !== undefined && { proof: { time, embedded } }),
  };
}

// A token's own fault in the words of ETSI EN 319 102-1.
function subOf(why: string | undefined): SubIndication | undefined {
  const named: Readonly<Record<string, SubIndication>> = {
    'not-a-token': 'FORMAT_FAILURE',
    signers: 'FORMAT_FAILURE',
    'certificate-missing': 'NO_SIGNING_CERTIFICATE_FOUND',
    algorithm: 'CRYPTO_CONSTRAINTS_FAILURE',
    imprint: 'HASH_FAILURE',
    signature: 'SIG_CRYPTO_FAILURE',
    'certificate-not-bound': 'SIG_CONSTRAINTS_FAILURE',
    'not-a-timestamp-certificate': 'CHAIN_CONSTRAINTS_FAILURE',
    'certificate-validity': 'OUT_OF_BOUNDS_NO_POE',
  };
  return why === undefined ? undefined : (named[why] ?? (why as SubIndication));
}

function courtOf({ signatures, dss, anchors, net }: DocumentInput): Court {
  const bags = signatures.flatMap(({ contents }) => signedDataIn(contents));
  const archived = bags.flatMap(archivedAnswers);
  const certificates = [
    ...bags.flatMap((bag) => bag.certificates),
    ...signatures.flatMap((signature) => signature.certificates ?? []),
    ...(dss?.certs ?? []),
  ];
  const evidence = new EvidenceStore(
    {
      ocsps: [...(dss?.ocsps ?? []), ...archived.flatMap(({ ocsps }) => ocsps)],
      crls: [...(dss?.crls ?? []), ...bags.flatMap(({ crls }) => crls), ...archived.flatMap(({ crls }) => crls)],
    },
    net,
  );
  const fetch = net && ((url: string) => fetchCertificates(net, url));
  const pool = readPool(certificates.slice(0, mostCertificates));
  return { sources: { anchors: readAnchors(anchors), pool, ...(fetch && { fetch }) }, evidence };
}

// A signature and the tokens inside of it.
function signedDataIn(contents: Uint8Array): SignedDataFacts[] {
  const own = readSignedData(contents);
  const tokens = own?.signers.flatMap(({ unsigned }) => unsigned?.values.get(oids.timestampToken) ?? []) ?? [];
  return [own, ...tokens.map(({ raw }) => readSignedData(raw))].filter((found) => found !== undefined);
}

// adbe-revocationInfoArchival (ISO 32000-1 §12.8.3.3.2): [0] CRLs, [1] OCSP responses.
function archivedAnswers({
  signers,
}: SignedDataFacts): { readonly crls: Uint8Array[]; readonly ocsps: Uint8Array[] }[] {
  return signers.map(({ signed }) => {
    const [archive] = signed?.values.get(oids.adobeRevocation) ?? [];
    const of = (tag: number): Uint8Array[] =>
      orUndefined(() =>
        [...each(archive?.value ?? new Uint8Array())]
          .filter((part) => part.tag === tag)
          .flatMap((part) => [...each(part.value)].flatMap((list) => [...each(list.value)].map(({ raw }) => raw))),
      ) ?? [];
    return { crls: of(0xa0), ocsps: of(0xa1) };
  });
}
