import { createECDH, createHash, createPublicKey, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { writeAttribute } from '../../host/pkcs11/attribute.js';
import { CKA, CKF, CKM, CKO, CKR } from '../../host/pkcs11/constants.js';
import { Program, refused } from './program.js';
import { type Pkcs11Stage, pkcs11Stage } from './stage.js';

let stage: Pkcs11Stage;
afterEach(() => stage.close());

async function loggedIn(card: string, slot = 1, version = 2): Promise<Program> {
  stage = await pkcs11Stage([card]);
  const program = await Program.start(stage, slot, version);
  await program.login();
  return program;
}

/** The public key behind a private one, from its own attributes. */
async function publicKeyOf(program: Program, key: number) {
  const info = await program.attribute(key, CKA.PUBLIC_KEY_INFO);
  return createPublicKey({ key: Buffer.from(info), format: 'der', type: 'spki' });
}

describe('a shared secret', () => {
  it.each([
    ['a Finnish card, by PSO:DECIPHER', 'fineid-v4', 0],
    ['MyEID, by GENERAL AUTHENTICATE', 'myeid', 1],
  ] as const)('is the same on both sides with %s', async (_what, card, at) => {
    const program = await loggedIn(card);
    const key = (await program.keys())[at] ?? 0;
    const { x = '', y = '' } = (await publicKeyOf(program, key)).export({ format: 'jwk' });
    const other = createECDH('secp384r1');
    const point = other.generateKeys();
    const answer = await program.client.call('C_DeriveKey2', (writer) => {
      writer.ulong(program.session).uint32(CKM.ECDH1_DERIVE).byte(1);
      writer.ulong(1).counted(new Uint8Array()).counted(point).ulong(key).uint32(1);
      writeAttribute(writer, CKA.CLASS, 8, CKO.SECRET_KEY);
    });
    answer.ulong();
    answer.byte();
    const secret = await program.attribute(answer.ulong(), CKA.VALUE);
    const theirs = Buffer.concat([Uint8Array.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    expect(Buffer.from(secret)).toEqual(other.computeSecret(theirs));
    program.client.close();
  });
});

describe('every version of the protocol', () => {
  it.each([0, 1, 2])('signs data in several parts (%i)', async (version) => {
    const program = await loggedIn('myeid', 1, version);
    const [key = 0] = await program.keys();
    await program.begin(key, CKM.SHA256_RSA_PKCS);
    for (const part of ['one ', 'two']) {
      await program.client.call('C_SignUpdate', (writer) => writer.ulong(program.session).bytes(Buffer.from(part)));
    }
    const answer = await program.client.call('C_SignFinal', (writer) => writer.ulong(program.session).uint32(256));
    const signature = answer.bytes() ?? new Uint8Array();
    expect(verify('sha256', Buffer.from('one two'), await publicKeyOf(program, key), signature)).toBe(true);
    program.client.close();
  });
});

it('asking for a length, or with too little room, costs neither the signature nor a command to the card', async () => {
  const program = await loggedIn('fineid-v4');
  const [key = 0] = await program.keys();
  await program.begin(key);
  const before = stage.cards[0]?.counters.apdus;
  const data = createHash('sha384').digest();
  for (const room of [0, 10]) {
    const write = program.client.call('C_Sign', (writer) => writer.ulong(program.session).bytes(data).uint32(room));
    const answer = await write;
    expect([answer.byte(), answer.uint32()]).toEqual([0, 96]);
  }
  expect(stage.cards[0]?.counters.apdus).toBe(before);
  expect(await program.finish(data)).toHaveLength(96);
  program.client.close();
});

it('a key does only what it is for', async () => {
  const program = await loggedIn('myeid');
  const [rsa = 0, ec = 0] = await program.keys();
  expect(await refused(program.begin(rsa, CKM.ECDSA))).toBe(CKR.KEY_TYPE_INCONSISTENT);
  expect(await refused(program.begin(ec, CKM.RSA_PKCS))).toBe(CKR.KEY_TYPE_INCONSISTENT);
  expect(await refused(program.begin(ec, 0x1082))).toBe(CKR.MECHANISM_INVALID);
  for (const secret of [CKA.VALUE, CKA.PRIVATE_EXPONENT, CKA.PRIME_1]) {
    expect(await refused(program.attribute(rsa, secret))).toBe(CKR.ATTRIBUTE_SENSITIVE);
  }
  expect(await refused(program.client.call('C_SetPIN', (writer) => writer.ulong(program.session)))).toBe(
    CKR.TOKEN_WRITE_PROTECTED,
  );
  program.client.close();
});

describe('slots', () => {
  it('are told from memory: a thousand questions and no command', async () => {
    const program = await loggedIn('fineid-v4');
    await stage.quiet();
    const before = stage.cards[0]?.counters.apdus;
    const asked = Array.from({ length: 100 }, () => ['C_GetSlotInfo', 'C_GetTokenInfo']).flat();
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(asked.map((name) => program.client.call(name, (writer) => writer.ulong(1))));
    }
    expect(stage.cards[0]?.counters.apdus).toBe(before);
    program.client.close();
  });

  it('say when a card comes and goes, to who waits and to who asks', async () => {
    stage = await pkcs11Stage(['fineid-v4']);
    const program = await Program.start(stage, 1);
    const event = (flags: number) => program.client.call('C_WaitForSlotEvent', (writer) => writer.ulong(flags));
    expect(await refused(event(CKF.DONT_BLOCK))).toBe(CKR.NO_EVENT);
    const waiting = event(0);
    stage.readers.remove(stage.reader(0));
    expect((await waiting).ulong()).toBe(1);
    expect((await event(CKF.DONT_BLOCK)).ulong()).toBe(2);
    expect(await refused(program.client.call('C_GetTokenInfo', (writer) => writer.ulong(1)))).toBe(
      CKR.TOKEN_NOT_PRESENT,
    );
    const next = event(0);
    stage.readers.insert(stage.reader(0), stage.cards[0]!);
    expect((await next).ulong()).toBe(1);
    program.client.close();
  });

  it('a program that ends while it waits is let go', async () => {
    stage = await pkcs11Stage(['fineid-v4']);
    const program = await Program.start(stage, 1);
    const waiting = refused(program.client.call('C_WaitForSlotEvent', (writer) => writer.ulong(0)));
    await program.client.call('C_Finalize');
    expect(await waiting).toBe(CKR.CRYPTOKI_NOT_INITIALIZED);
    program.client.close();
  });
});
