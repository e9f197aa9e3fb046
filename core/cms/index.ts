// CMS (RFC 5652) and the certificates in it, read by slices and checked: what plugins that judge signatures share.
export {
  type AlgorithmId,
  digestId,
  type DigestName,
  digestNamed,
  digestOf,
  isWeakDigest,
  readAlgorithm,
  schemeOf,
  type SignatureScheme,
} from './algorithm.js';
export { type Ber, each, firstOf, inside, Malformed, orUndefined, partsOf } from './ber.js';
export { compareBytes, joined, sameBytes, toHex } from './bytes.js';
export { type CertificateFacts, isSelfIssued, readCertificate } from './certificate.js';
export {
  type Anchor,
  buildChain,
  type Chain,
  isIssuedBy,
  isSameAuthority,
  readAnchors,
  readPool,
  type Sources,
} from './chain.js';
export { checkSignature } from './check-signature.js';
export { checkSigner, digestOfContent, isWeakSigner, type SignerCheck } from './check-signer.js';
export { definite } from './definite.js';
export { boolean, context, encode, integer, nothing, octets, oid, sequence, setOf, time } from './der.js';
export type { Extensions } from './extensions.js';
export { textOf } from './name.js';
export { oids } from './oids.js';
export type { PublicKeyInfo } from './public-key.js';
export { largestCms, onlyValue, readSignedData, type SignedDataFacts, type SignerFacts } from './read-signed-data.js';
export {
  algorithmFor,
  digestOfAlgorithm,
  requireFit,
  signatureAlgorithmId,
  type StrongDigest,
} from './signature-algorithm.js';
export { bitsOf, integerHex, octetsOf, oidOf, smallInteger, timeOf, truth } from './values.js';
