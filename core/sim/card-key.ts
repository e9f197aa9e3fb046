import type { EcKey } from './ec-key.js';
import type { RsaKey } from './rsa-key.js';

/** A private key inside a simulated chip. */
export type CardKey = RsaKey | EcKey;
