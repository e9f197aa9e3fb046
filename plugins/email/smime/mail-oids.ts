/** Object identifiers of S/MIME beside those of signatures. */
export const mailOids = {
  // RFC 5652, RFC 5083.
  envelopedData: '1.2.840.113549.1.7.3',
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  compressedData: '1.2.840.113549.1.9.16.1.9',
  // RFC 8551 §2.5.
  capabilities: '1.2.840.113549.1.9.15',
  encryptionKeyPreference: '1.2.840.113549.1.9.16.2.11',
  // RFC 3565, RFC 5084.
  aes128cbc: '2.16.840.1.101.3.4.1.2',
  aes192cbc: '2.16.840.1.101.3.4.1.22',
  aes256cbc: '2.16.840.1.101.3.4.1.42',
  aes128gcm: '2.16.840.1.101.3.4.1.6',
  aes192gcm: '2.16.840.1.101.3.4.1.26',
  aes256gcm: '2.16.840.1.101.3.4.1.46',
  aes128wrap: '2.16.840.1.101.3.4.1.5',
  aes192wrap: '2.16.840.1.101.3.4.1.25',
  aes256wrap: '2.16.840.1.101.3.4.1.45',
  // RFC 8017, RFC 3560.
  rsaOaep: '1.2.840.113549.1.1.7',
  pSpecified: '1.2.840.113549.1.1.9',
} as const;
