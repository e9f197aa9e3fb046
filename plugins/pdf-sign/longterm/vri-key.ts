import { sha1 } from '@noble/hashes/legacy.js';
import { toHex } from '@sigill/core/cms';

/** A signature's key in the DSS' VRI dictionary: SHA-1 over the bytes of /Contents with their padding, in capital hex (ISO 32000-2 §12.8.4.4). */
export const vriKey = (contents: Uint8Array): string => toHex(sha1(contents)).toUpperCase();
