import { inside, oidOf, onlyValue, orUndefined, partsOf, type SignerFacts } from '@sigill/core/cms';
import { mailOids } from '../mail-oids.js';

const most = 100;

/**
 * What a signer's program says that it can do (SMIMECapabilities, RFC 8551 §2.5.2): object identifiers of ciphers and other algorithms, the one
 * it likes best first. Undefined when it does not say, or when what it says cannot be read.
 */
export function capabilitiesOf({ signed }: SignerFacts): readonly string[] | undefined {
  const value = onlyValue(signed, mailOids.capabilities);
  const read = value && orUndefined(() => inside(value, 0x30).slice(0, most));
  return read && orUndefined(() => read.map((one) => oidOf(partsOf(one).next(0x06))));
}
