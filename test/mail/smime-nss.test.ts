import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeEnvelope } from '../../plugins/email/smime/envelope/make-envelope.js';
import { openEnvelope } from '../../plugins/email/smime/envelope/open-envelope.js';
import { readEnvelope } from '../../plugins/email/smime/envelope/read-envelope.js';
import { readSignedData } from '@sigill/core/cms';
import { toBytes, toText } from '../../plugins/email/smime/mime/text-bytes.js';
import { checkSigners } from '../../plugins/email/smime/signature/check-signers.js';
import { mailSignature } from '../../plugins/email/smime/signature/mail-signature.js';
import { type Person, SmimeStage } from './smime-stage.js';

const stage = new SmimeStage();
const address = 'matti@example.fi';
const content = toBytes('Content-Type: text/plain\r\n\r\nmoi\r\n');
let person: Person;

/** A program of NSS on the stage's database. */
const nss = (program: string, ...args: readonly string[]): Buffer =>
  execFileSync(program, ['-d', join(stage.folder, 'nss'), ...args], {
    cwd: stage.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

describe('NSS, which Thunderbird is made with', () => {
  beforeAll(() => {
    person = stage.person('rsa', address);
    execFileSync('mkdir', ['nss'], { cwd: stage.folder });
    nss('certutil', '-N', '--empty-password');
    nss('certutil', '-A', '-n', 'ca', '-t', 'CT,C,C', '-a', '-i', 'ca.pem');
    stage.openssl(
      ...['pkcs12', '-export', '-in', person.certificate, '-inkey', person.key, '-name', 'matti'],
      ...['-passout', 'pass:x', '-out', 'matti.p12'],
    );
    nss('pk12util', '-i', 'matti.p12', '-W', 'x');
    stage.write('content', content);
  });

  it('accepts a signature of ours, and we accept one of its own', async () => {
    const at = Date.now() + 60_000;
    stage.write('ours.p7m', await mailSignature(content, person.signer, { at: new Date(at), opaque: true }));
    expect(toText(nss('cmsutil', '-D', '-i', 'ours.p7m'))).toBe(toText(content));
    nss('cmsutil', '-S', '-N', 'matti', '-G', '-P', '-i', 'content', '-o', 'theirs.p7m');
    const signed = readSignedData(stage.read('theirs.p7m'));
    if (!signed?.content) throw new Error('no content');
    const anchors = [{ certificate: stage.authority, source: 'file' as const }];
    expect(await checkSigners(signed.content, signed, { anchors, from: [address], at })).toMatchObject([
      { signature: 'valid', chain: 'trusted', from: 'same' },
    ]);
  });

  it('opens an envelope of ours in AES-256-CBC, and we open one of its own', async () => {
    const ours = await makeEnvelope(content, [{ certificate: person.facts, padding: 'PKCS1' }], 'AES-256-CBC');
    stage.write('ours.env', ours);
    expect(toText(nss('cmsutil', '-D', '-i', 'ours.env'))).toBe(toText(content));
    nss('cmsutil', '-S', '-N', 'matti', '-P', '-Y', 'matti', '-i', 'content', '-o', 'known.p7m');
    nss('cmsutil', '-D', '-k', '-i', 'known.p7m');
    nss('cmsutil', '-E', '-r', address, '-i', 'content', '-o', 'theirs.env');
    const envelope = readEnvelope(stage.read('theirs.env'));
    if (!envelope) throw new Error('no envelope');
    expect(toText((await openEnvelope(envelope, [person.own])).content)).toBe(toText(content));
  });
});
