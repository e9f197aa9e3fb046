import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CKR, CKS } from '../../host/pkcs11/constants.js';
import { Program, refused } from './program.js';
import { type Pkcs11Stage, pkcs11Stage } from './stage.js';

let stage: Pkcs11Stage;
let program: Program;
let key: number;
const pin1 = 0x11;
const verify = 0x20;
const sign = 0x2a;
const digest = Uint8Array.from(createHash('sha384').update('data').digest());
const card = () => stage.cards[0]!;

beforeEach(async () => {
  stage = await pkcs11Stage(['fineid-v4']);
  program = await Program.start(stage, 1);
  await program.login();
  key = (await program.keys())[0] ?? 0;
  await stage.quiet();
});
afterEach(async () => {
  program.client.close();
  await stage.close();
});

it.each([
  ['the card calls it wrong', { kind: 'status', status: 0x63c4 }, CKR.PIN_INCORRECT],
  ['the card says that it is locked', { kind: 'status', status: 0x6983 }, CKR.PIN_LOCKED],
  ['the card says something odd', { kind: 'status', status: 0x6a80 }, CKR.DEVICE_ERROR],
  ['the answer is lost', { kind: 'executed-reply-lost', then: 'error' }, CKR.DEVICE_ERROR],
] as const)('a PIN that is kept is wiped, and presented no more, when %s', async (_what, fault, value) => {
  card().inject({ at: 1, ins: verify, ...fault });
  expect(await refused(program.sign(key, digest))).toBe(value);
  const presented = card().counters.presentations;
  expect(await program.state()).toBe(CKS.RW_PUBLIC_SESSION);
  expect(await refused(program.sign(key, digest))).toBe(CKR.KEY_HANDLE_INVALID);
  expect([card().counters.presentations, card().isVerified(pin1)]).toEqual([presented, false]);
  // The person is asked, and all is well again.
  await program.login();
  expect(await program.sign(key, digest)).toHaveLength(96);
  expect(stage.person.forms).toHaveLength(2);
});

it('a signature that the card refuses costs the signature alone', async () => {
  card().inject({ at: 2, ins: sign, kind: 'status', status: 0x6f00 });
  expect(await refused(program.sign(key, digest))).toBe(CKR.DEVICE_ERROR);
  expect([await program.state(), card().isVerified(pin1)]).toEqual([CKS.RW_USER_FUNCTIONS, false]);
  expect(await program.sign(key, digest)).toHaveLength(96);
});

it('the card is pulled out in the middle of a signature', async () => {
  card().inject({ at: 2, ins: sign, kind: 'removed-before' });
  expect(await refused(program.sign(key, digest))).toBe(CKR.DEVICE_REMOVED);
  expect(await refused(program.state())).toBe(CKR.DEVICE_REMOVED);
  expect(card().pins.get(pin1)?.triesLeft).toBe(5);
});

it('many programs sign at once, each under its own log-in', async () => {
  const programs = await Promise.all(Array.from({ length: 8 }, () => Program.start(stage, 1)));
  const signed = await Promise.all(
    programs.map(async (one) => {
      await one.login();
      return (await one.sign(key, digest)).length;
    }),
  );
  expect(signed).toEqual(programs.map(() => 96));
  expect(stage.person.forms).toHaveLength(9);
  for (const one of programs.slice(1)) one.client.close();
  expect(await programs[0]?.sign(key, digest)).toHaveLength(96);
  await stage.quiet();
  expect([card().isVerified(pin1), card().pins.get(pin1)?.triesLeft]).toEqual([false, 5]);
  programs[0]?.client.close();
});
