import { ContentInfo, id_signedData, SignedData } from '@peculiar/asn1-cms';
import { OCSPRequest } from '@peculiar/asn1-ocsp';
import { AsnParser, AsnSerializer } from '@peculiar/asn1-schema';
import { TimeStampReq } from '@peculiar/asn1-tsp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hash, SignedContent } from '../../../test/pki/signed-content.js';
import { startTestPki, type TestPki } from '../../../test/pki/test-pki.js';
import { ocspRequest } from '../longterm/ocsp-request.js';
import { timestampRequest } from '../timestamp/timestamp-request.js';
import { firstOf, readCertificate } from '@sigill/core/cms';

describe('what is written here, read by another ASN.1 library', () => {
  let pki: TestPki;
  beforeAll(async () => void (pki = await startTestPki()), 120_000);
  afterAll(() => pki.close());

  const same = (bytes: Uint8Array, read: object): void =>
    expect(Buffer.from(AsnSerializer.serialize(read)).toString('hex')).toBe(Buffer.from(bytes).toString('hex'));

  it('a signature is one signer’s SignedData in DER, its certificates byte for byte', async () => {
    const { contents } = await new SignedContent(pki).sign('p384', { stamped: { time: new Date() } });
    const cms = firstOf(contents).raw;
    const info = AsnParser.parse(cms, ContentInfo);
    expect(info.contentType).toBe(id_signedData);
    const data = AsnParser.parse(info.content, SignedData);
    same(cms, new ContentInfo({ contentType: id_signedData, content: AsnSerializer.serialize(data) }));
    expect([data.certificates?.length, data.signerInfos.length, data.encapContentInfo.eContent]).toEqual([
      2,
      1,
      undefined,
    ]);
    for (const person of ['p384', 'issuing'] as const)
      expect(Buffer.from(cms).includes(Buffer.from(pki.der(person)))).toBe(true);
  });

  it('a timestamp request has its imprint, its nonce, and asks for the certificate', () => {
    const digest = hash('x', 'SHA-384');
    const request = timestampRequest({ digestAlgorithm: 'SHA-384', digest }, Uint8Array.of(0x80, 1));
    const read = AsnParser.parse(request, TimeStampReq);
    expect(new Uint8Array(read.messageImprint.hashedMessage.buffer)).toEqual(digest);
    expect(new Uint8Array(read.nonce ?? new ArrayBuffer())).toEqual(Uint8Array.of(0, 0x80, 1));
    expect(read.certReq).toBe(true);
    same(request, read);
  });

  it('an OCSP request asks for the certificate of its issuer', () => {
    const [certificate, issuer] = [readCertificate(pki.der('p256'))!, readCertificate(pki.der('issuing'))!];
    const request = ocspRequest(certificate, issuer, Uint8Array.of(1, 2, 3));
    const read = AsnParser.parse(request, OCSPRequest);
    const [{ reqCert } = expect.fail()] = read.tbsRequest.requestList;
    expect(Buffer.from(reqCert.serialNumber).toString('hex')).toBe(
      Buffer.from(certificate.serialBytes).toString('hex'),
    );
    same(request, read);
  });
});
