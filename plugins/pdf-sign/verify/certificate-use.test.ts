import { describe, expect, it } from 'vitest';
import type { KeyUsage } from '@sigill/core';
import type { Extensions } from '@sigill/core/cms';
import { isMeantForSignatures } from './certificate-use.js';

describe('a certificate is meant for signatures', () => {
  const none = {
    ca: false,
    ocsp: [],
    caIssuers: [],
    crls: [],
    ocspNoCheck: false,
    qualified: false,
    unknownCritical: [],
  };
  const by = (usage?: readonly KeyUsage[], ...purposes: readonly string[]): boolean => {
    const extensions: Extensions = {
      ...none,
      ...(usage && { usage }),
      ...(purposes.length > 0 && { extendedUsage: { critical: false, purposes } }),
    };
    return isMeantForSignatures(extensions);
  };
  const [web, login, mail, stamp] = [1, 2, 4, 8].map((number) => `1.3.6.1.5.5.7.3.${number}`) as [
    string,
    string,
    string,
    string,
  ];

  it('by its key usage', () => {
    expect([by(), by(['nonRepudiation']), by(['digitalSignature', 'keyEncipherment'])]).toEqual([true, true, true]);
    expect([by(['keyEncipherment']), by(['keyCertSign'])]).toEqual([false, false]);
  });

  it('and its extended key usage, which a web server’s is not', () => {
    expect([by(undefined, mail), by(undefined, login), by(undefined, login, mail, web)]).toEqual([true, true, true]);
    expect([by(undefined, web), by(undefined, web, login), by(undefined, stamp)]).toEqual([false, false, false]);
  });
});
