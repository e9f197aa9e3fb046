import { expect, it } from 'vitest';
import { readAttributes, writeAttribute } from './attribute.js';
import { calls } from './calls.js';
import { CKA, CKM } from './constants.js';
import { readMechanism } from './mechanism.js';
import { programIn } from './peer-program.js';
import { serverAddress } from './places.js';
import { WireReader } from './wire-reader.js';
import { padded, WireWriter } from './wire-writer.js';

it('numbers of calls are those of p11-kit', () => {
  const named = ['C_Initialize', 'C_Login', 'C_Sign', 'C_WaitForSlotEvent', 'C_DeriveKey2'];
  const numbers = new Map([...calls.values()].map(({ name, id }) => [name, id]));
  expect(named.map((name) => numbers.get(name))).toEqual([1, 18, 43, 65, 89]);
});

it('numbers go both ways, and what is not available stays so', () => {
  const bytes = new WireWriter().ulong(0x1_0000_0001).ulong(-1).uint32(7).take();
  const reader = new WireReader(bytes);
  expect([reader.ulong(), reader.ulong(), reader.uint32(), reader.left]).toEqual([0x1_0000_0001, -1, 7, 0]);
});

it('a text fills its place and is cut between characters', () => {
  expect(Buffer.from(padded('kortti', 8)).toString()).toBe('kortti  ');
  expect(Buffer.from(padded('äää', 5)).toString()).toBe('ää ');
});

it('attributes are read as they were written', () => {
  const writer = new WireWriter().uint32(3);
  writeAttribute(writer, CKA.PRIVATE, 1, true);
  writeAttribute(writer, CKA.KEY_TYPE, 8, 3);
  writeAttribute(writer, CKA.ID, 2, Uint8Array.of(0x45, 0x46));
  expect(readAttributes(new WireReader(writer.take()))).toEqual([
    { type: CKA.PRIVATE, value: true },
    { type: CKA.KEY_TYPE, value: 3 },
    { type: CKA.ID, value: Uint8Array.of(0x45, 0x46) },
  ]);
});

it('a mechanism’s parameter is where the version of the protocol has it', () => {
  const old = new WireWriter().uint32(CKM.ECDSA).counted(undefined).uint32(9).take();
  const reader = new WireReader(old);
  expect([readMechanism(reader, 0), reader.uint32()]).toEqual([{ type: CKM.ECDSA }, 9]);
  const fresh = new WireReader(new WireWriter().uint32(CKM.ECDSA).uint32(9).take());
  expect([readMechanism(fresh, 2), fresh.uint32()]).toEqual([{ type: CKM.ECDSA }, 9]);
  const pss = new WireWriter().uint32(CKM.RSA_PKCS_PSS).byte(1).ulong(CKM.SHA256).ulong(2).ulong(32).take();
  const expected = { hash: CKM.SHA256, mgf: 2, saltLength: 32 };
  expect(readMechanism(new WireReader(pss), 2)).toEqual({ type: CKM.RSA_PKCS_PSS, pss: expected });
  expect(readMechanism(new WireReader(new WireWriter().uint32(0xffff_ffff).take()), 2)).toBeUndefined();
});

it('an address has what is not plain in percent signs', () => {
  expect(serverAddress('/run/user/1000/sigill/pkcs11.sock')).toBe('unix:path=/run/user/1000/sigill/pkcs11.sock');
  expect(serverAddress('/run/user/1000/a b%ä')).toBe('unix:path=/run/user/1000/a%20b%25%c3%a4');
});

it('the program at the other end is named by who has the peer’s socket', () => {
  const list = [
    'u_str ESTAB 0 0 /run/user/1/sigill/pkcs11.sock 100 * 200 users:(("node",pid=7,fd=20))',
    'u_str ESTAB 0 0 * 200 * 100 users:(("firefox-esr",pid=8,fd=5),("other",pid=9,fd=5))',
  ].join('\n');
  expect([programIn(list, 100), programIn(list, 300)]).toEqual(['firefox-esr', undefined]);
});
