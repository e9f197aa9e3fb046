import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CKR, CKS } from '../../host/pkcs11/constants.js';
import { Program, refused } from './program.js';
import { type Pkcs11Stage, pkcs11Stage } from './stage.js';

let stage: Pkcs11Stage;
const pin1 = 0x11;
const pin2 = 0x82;
const digest = Uint8Array.from(createHash('sha384').update('data').digest());

beforeEach(async () => {
  stage = await pkcs11Stage(['fineid-v4']);
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.close();
  expect(stage.readers.connections).toBe(0);
});

const card = () => stage.cards[0]!;
const tries = (reference = pin1): number | undefined => card().pins.get(reference)?.triesLeft;

describe('a program that has logged in', () => {
  it('signs as often as it likes after one question, and the card has forgotten the PIN when others may use it', async () => {
    const program = await Program.start(stage, 1);
    await program.login();
    const [key = 0] = await program.keys();
    for (let round = 0; round < 3; round += 1) {
      expect(await program.sign(key, digest)).toHaveLength(96);
      await stage.quiet();
      expect(card().isVerified(pin1)).toBe(false);
    }
    expect(stage.person.forms).toMatchObject([{ operation: 'login', atStake: { pin: 'PIN1', triesLeft: 5 } }]);
    // The person's own is wiped at once; what is kept is a copy.
    expect(stage.person.given.every(({ wiped }) => wiped)).toBe(true);
    program.client.close();
  });

  it('does not log in another', async () => {
    const [one, other] = [await Program.start(stage, 1), await Program.start(stage, 1)];
    await one.login();
    expect([await one.state(), await other.state()]).toEqual([CKS.RW_USER_FUNCTIONS, CKS.RW_PUBLIC_SESSION]);
    expect(await other.keys()).toEqual([]);
    expect(await refused(other.sign((await one.keys())[0]!, digest))).toBe(CKR.KEY_HANDLE_INVALID);
    one.client.close();
    other.client.close();
  });

  it('is logged out by itself, and by its last session', async () => {
    const program = await Program.start(stage, 1);
    await program.login();
    expect(await refused(program.login())).toBe(CKR.USER_ALREADY_LOGGED_IN);
    await program.logout();
    expect([await program.state(), await refused(program.logout())]).toEqual([
      CKS.RW_PUBLIC_SESSION,
      CKR.USER_NOT_LOGGED_IN,
    ]);
    await program.login();
    await program.client.call('C_CloseSession', (writer) => writer.ulong(program.session));
    const open = await program.client.call('C_OpenSession', (writer) => writer.ulong(1).ulong(4));
    expect(await stateOf(program, open.ulong())).toBe(CKS.RO_PUBLIC_SESSION);
    program.client.close();
  });

  it('is logged out after a quarter of an hour without a use', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const program = await Program.start(stage, 1);
    await program.login();
    const [key = 0] = await program.keys();
    vi.advanceTimersByTime(14 * 60_000);
    await program.sign(key, digest);
    vi.advanceTimersByTime(14 * 60_000);
    expect(await program.state()).toBe(CKS.RW_USER_FUNCTIONS);
    vi.advanceTimersByTime(60_000);
    expect(await program.state()).toBe(CKS.RW_PUBLIC_SESSION);
    program.client.close();
  });

  it('is told that the card was pulled out, and is not logged in when it comes back', async () => {
    const program = await Program.start(stage, 1);
    await program.login();
    stage.readers.remove(stage.reader(0));
    expect(await refused(program.state())).toBe(CKR.DEVICE_REMOVED);
    stage.readers.insert(stage.reader(0), card());
    expect(await refused(program.keys())).toBe(CKR.DEVICE_REMOVED);
    program.client.close();
  });

  it('loses its login, and no try, when another program has used tries since', async () => {
    const program = await Program.start(stage, 1);
    await program.login();
    const [key = 0] = await program.keys();
    const other = await Program.start(stage, 1);
    expect(await refused(other.login('9999'))).toBe(CKR.PIN_INCORRECT);
    expect(await refused(program.sign(key, digest))).toBe(CKR.USER_NOT_LOGGED_IN);
    expect([tries(), await program.state()]).toEqual([4, CKS.RW_PUBLIC_SESSION]);
    program.client.close();
    other.client.close();
  });
});

describe('a program that dies', () => {
  it('takes its question with it', async () => {
    const asked = later();
    const answered = later();
    stage.person.thinks = () => (asked.resolve(), answered.promise);
    const program = await Program.start(stage, 1);
    const login = refused(program.login());
    await asked.promise;
    program.client.close();
    expect(await login).toBe(CKR.DEVICE_REMOVED);
    while (stage.server.connections > 0) await new Promise(setImmediate);
    answered.resolve();
    // The next one is asked as if nothing had been.
    stage.person.thinks = async () => {};
    const next = await Program.start(stage, 1);
    await next.login();
    expect(stage.person.forms).toHaveLength(2);
    next.client.close();
  });

  it('in the middle of a signature leaves the card free and without a verified PIN', async () => {
    const program = await Program.start(stage, 1);
    await program.login();
    const [key = 0] = await program.keys();
    await stage.quiet();
    const presented = new Promise<void>((resolve) => {
      card().listen(({ command }) => command.startsWith('0020') && command.endsWith('(secret)') && resolve());
    });
    const signing = refused(program.sign(key, digest));
    await presented;
    program.client.close();
    expect(await signing).toBe(CKR.DEVICE_REMOVED);
    const next = await Program.start(stage, 1);
    expect(await next.state()).toBe(CKS.RW_PUBLIC_SESSION);
    await next.login();
    await next.sign((await next.keys())[0]!, digest);
    await stage.quiet();
    expect([card().isVerified(pin1), tries()]).toEqual([false, 5]);
    next.client.close();
  });
});

it('programs are sent away while the person does not want them, and served again afterwards', async () => {
  const program = await Program.start(stage, 1);
  await program.login();
  stage.server.serve(false);
  expect(await refused(program.state())).toBe(CKR.DEVICE_REMOVED);
  await expect(Program.start(stage, 1)).rejects.toMatchObject({ code: 'host-absent' });
  stage.server.serve(true);
  const next = await Program.start(stage, 1);
  expect(await next.state()).toBe(CKS.RW_PUBLIC_SESSION);
  next.client.close();
});

describe('a key that wants its PIN each time', () => {
  it('signs once for each answer', async () => {
    const program = await Program.start(stage, 2);
    await program.login();
    const [key = 0] = await program.keys();
    expect(await refused(program.login(undefined, 2))).toBe(CKR.OPERATION_NOT_INITIALIZED);
    await program.begin(key);
    expect(await refused(program.finish(digest))).toBe(CKR.USER_NOT_LOGGED_IN);
    await program.login(undefined, 2);
    expect(await program.finish(digest)).toHaveLength(96);
    await program.begin(key);
    expect(await refused(program.finish(digest))).toBe(CKR.USER_NOT_LOGGED_IN);
    expect(stage.person.forms.map(({ operation }) => operation)).toEqual(['login', 'sign']);
    await stage.quiet();
    expect([card().isVerified(pin2), tries(pin2)]).toEqual([false, 5]);
    program.client.close();
  });
});

function later(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

async function stateOf(program: Program, session: number): Promise<number> {
  const answer = await program.client.call('C_GetSessionInfo', (writer) => writer.ulong(session));
  answer.ulong();
  return answer.ulong();
}
