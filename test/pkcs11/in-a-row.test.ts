import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CKM, CKR, CKS } from '../../host/pkcs11/constants.js';
import { Program, refused } from './program.js';
import { type Pkcs11Stage, pkcs11Stage } from './stage.js';

let stage: Pkcs11Stage;
const sha256 = Uint8Array.from(createHash('sha256').update('data').digest());
const card = () => stage.cards[0]!;

afterEach(async () => {
  vi.useRealTimers();
  await stage.close();
  expect(stage.readers.connections).toBe(0);
});

/** Time stands still: nothing ends because it took too long. */
const stopTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

/** A program that has logged in, its last private key, and a card that nobody holds; time stands still. */
async function loggedIn(name: string): Promise<{ readonly program: Program; readonly key: number }> {
  stage = await pkcs11Stage([name]);
  const program = await Program.start(stage, 1);
  await program.login();
  const key = (await program.keys()).at(-1) ?? 0;
  await stage.quiet();
  stopTime();
  return { program, key };
}

/** Commands that the card gets from `work`, and until nobody holds it any more. */
async function commandsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  await stage.quiet();
  const from = card().log.length;
  await stage.quiet();
  const toBeQuiet = card().log.length - from;
  await work();
  await stage.quiet();
  const commands = card().log.map(({ command }) => command);
  return commands.slice(from + toBeQuiet, commands.length - toBeQuiet);
}

const presented = (command: string): boolean => command.endsWith('(secret)');

const times = async (count: number, sign: () => Promise<unknown>): Promise<void> => {
  for (let round = 0; round < count; round++) await sign();
};

describe('signatures in a row', () => {
  // Alone: select, counter (two commands on a Finnish card of 2022 on), VERIFY, use the key, forget (no command where that is a reset).
  it.each([
    ['myeid', 1, 6, 2],
    ['fineid-v4', 0x11, 8, 3],
    ['fineid-org', 3, 5, 2],
  ])('of a %s cost one presentation, and beyond it what the key costs', async (name, reference, alone, key) => {
    const { program, key: handle } = await loggedIn(name);
    const counted = async (count: number): Promise<number> => {
      const commands = await commandsOf(() => times(count, () => program.sign(handle, sha256)));
      expect(commands.filter(presented)).toHaveLength(1);
      expect(card().isVerified(reference)).toBe(false);
      return commands.length;
    };
    expect(await counted(1)).toBe(alone);
    // The empty VERIFY tells, once, whether this key leaves the PIN verified.
    expect(await counted(4)).toBe(alone + 3 * key + 1);
    expect(await counted(4)).toBe(alone + 3 * key);
    program.client.close();
  });

  it.each(['before', 'after'])('begin with the log-in, when the program looks at the card %s it', async (when) => {
    stage = await pkcs11Stage(['myeid']);
    const program = await Program.start(stage, 1);
    stopTime();
    if (when === 'before') expect(await program.keys()).toEqual([]);
    const commands = await commandsOf(async () => {
      await program.login();
      await program.sign((await program.keys()).at(-1)!, sha256);
    });
    expect(commands.filter(presented)).toHaveLength(1);
    // The first time a PIN is accepted the counters of the card's PINs are read once more; before it, two certificates of authorities.
    expect(commands).toHaveLength(6 + 4 + (when === 'before' ? 0 : 13));
    program.client.close();
  });

  it('present the PIN anew on a card that wants it for each use without saying so', async () => {
    const { program, key } = await loggedIn('fineid-v4');
    const commands = await commandsOf(async () => {
      await program.sign(key, sha256);
      card().inject({ at: 1, ins: 0x20, kind: 'status', status: 0x63c5 });
      expect(await program.sign(key, sha256)).toHaveLength(96);
    });
    expect(commands.filter(presented)).toHaveLength(2);
    program.client.close();
  });

  it('go on after one that could not be made, of which the card has heard nothing', async () => {
    const { program, key } = await loggedIn('fineid-v4');
    const tooLong = new Uint8Array(65);
    const commands = await commandsOf(async () => {
      expect(await refused(program.sign(key, tooLong))).toBe(CKR.DATA_LEN_RANGE);
      expect(await program.state()).toBe(CKS.RW_USER_FUNCTIONS);
      await program.sign(key, sha256);
    });
    expect(commands.filter(presented)).toHaveLength(1);
    program.client.close();
  });
});

describe('a card that is kept for the next signature', () => {
  it.each([
    ['logs out', (program: Program) => program.logout()],
    ['closes its session', (program: Program) => program.client.call('C_CloseAllSessions', (w) => w.ulong(1))],
    ['goes away', async (program: Program) => program.client.close()],
  ])('is let go at once when the program %s', async (_how, ends) => {
    const { program, key } = await loggedIn('fineid-v4');
    await program.sign(key, sha256);
    expect(card().isVerified(0x11)).toBe(true);
    const other = stage.readers.foreignTransaction(stage.reader(0));
    await ends(program);
    await other.begun;
    expect(card().isVerified(0x11)).toBe(false);
    other.end();
    program.client.close();
  });

  it('is given to another program as soon as that one signs', async () => {
    const { program, key } = await loggedIn('fineid-v4');
    const other = await Program.start(stage, 1);
    await other.login();
    await stage.quiet();
    const commands = await commandsOf(async () => {
      for (const one of [program, other, program]) await one.sign(key, sha256);
    });
    expect(commands.filter(presented)).toHaveLength(3);
    other.client.close();
    program.client.close();
  });
});

it('one answer of the person is one presentation and one signature with a key that wants its PIN each time', async () => {
  stage = await pkcs11Stage(['fineid-v4']);
  const program = await Program.start(stage, 2);
  await program.login();
  const [key = 0] = await program.keys();
  stopTime();
  const commands = await commandsOf(async () => {
    await program.begin(key, CKM.ECDSA);
    await program.login(undefined, 2);
    await program.finish(sha256);
  });
  expect(commands.filter(presented)).toHaveLength(1);
  expect(card().isVerified(0x82)).toBe(false);
  program.client.close();
});
