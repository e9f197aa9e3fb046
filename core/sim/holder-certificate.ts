import { certificateOf, type NameParts } from './certificate-builder.js';
import type { CardKey } from './card-key.js';
import { type CardState, validity } from './card-state.js';
import {
  authenticationUsage,
  authorityAccess,
  authorityKeyIdentifier,
  clientAndMail,
  emailAddress,
  policy,
  qualifiedStatements,
  revocationList,
  signatureUsage,
  subjectKeyIdentifier,
} from './extensions.js';
import type { CardOptions } from './personality.js';
import { type IssuerName, serialFor, testCa } from './test-ca.js';

/** A certificate for the holder of a simulated card (cards.md §1.11). */
export interface HolderCertificate {
  /** Its serial number follows from this and the state. */
  readonly label: string;
  readonly issuer: IssuerName;
  readonly subject: NameParts;
  readonly email: string;
  readonly use: 'authentication' | 'signature';
  readonly key: CardKey;
}

const site = 'http://ca.sigill.example';
const notice = 'A simulated card for tests. This certificate identifies nobody and its signatures bind nobody.';

/** DER of a holder's certificate: B0 and the e-mail address for authentication, 40 and the qualified statements for signatures. */
export function holderCertificate(facts: HolderCertificate, state: CardState, options: CardOptions): Uint8Array {
  const { name, key } = testCa().issuing[facts.issuer];
  const small = options.certificates === 'small';
  const usage = facts.use === 'authentication' ? authenticationUsage : signatureUsage;
  const addresses = [
    policy('1.3.6.1.4.1.99999.1.1', `${site}/policies/`, notice),
    revocationList(`${site}/crl/${facts.issuer}.crl`),
    authorityAccess(`${site}/certificates/${facts.issuer}.crt`, `http://ocsp.sigill.example/${facts.issuer}`),
  ];
  const ownPart = facts.use === 'authentication' ? [clientAndMail, emailAddress(facts.email)] : [qualifiedStatements];
  const identifiers = [subjectKeyIdentifier(facts.key), authorityKeyIdentifier(key)];
  const extensions = small ? [usage] : [usage, ...identifiers, ...ownPart, ...addresses];
  const subject = small ? facts.subject.filter(([type]) => type === 'C' || type === 'CN') : facts.subject;
  const serial = serialFor(`${facts.label} ${state === 'expired' || state === 'new-b' ? state : 'issued'}`);
  return certificateOf({ ...validity(state), serial, issuer: name, subject, key: facts.key, extensions }, key);
}
