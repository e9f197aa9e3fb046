import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testCa } from '../../core/sim/test-ca.js';
import { SetUp } from '../../host/programs/set-up.js';
import { pkcs11Stage, type Pkcs11Stage } from '../pkcs11/stage.js';
import { treeOf } from '../mail/tree.js';
import type { Programs } from '@sigill/core';

// A database that is set up, p11-kit's module, a host that serves it, and a card: all the way from NSS to the card and back.

let stage: Pkcs11Stage;
let programs: Programs;
let home: string;
const never = new AbortController().signal;
const root = { card: 'c', id: 'root' };

beforeAll(async () => {
  stage = await pkcs11Stage(['fineid-v4']);
  home = join(stage.folder, 'home');
  const folder = join(home, '.pki/nssdb');
  mkdirSync(folder, { recursive: true });
  execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password']);
  programs = new SetUp({
    home,
    environment: { PATH: process.env['PATH'], ...stage.env },
    folder: join(stage.folder, 'state'),
    certificate: async () => testCa().root.der,
  }).for(async () => undefined, never);
});
beforeEach(() => stage.person.reset());
afterAll(() => stage.close());

const only = async () => (await programs.profiles())[0]!;

describe('a database that is set up reaches the card', () => {
  it('the module answers, and nobody is asked for a PIN to see the certificates', async () => {
    expect(await programs.bridge()).toMatchObject({
      listening: true,
      module: expect.stringContaining('p11-kit-client.so') as string,
    });
    expect(await programs.test()).toMatchObject([{ module: 'absent', certificates: 0 }]);
    await programs.apply({ authorities: [], accounts: [] });
    const [tested] = await programs.test();
    expect(tested).toMatchObject({ module: 'loaded' });
    expect(tested!.certificates).toBeGreaterThanOrEqual(2);
    expect(stage.person.forms).toEqual([]);
  });

  it('a trial signature asks for PIN1 once, and is valid once the person trusts the issuer for mail', async () => {
    const { id } = await only();
    expect(await programs.sign(id)).toBe('untrusted');
    expect(stage.person.forms).toEqual([]);
    await programs.apply({ authorities: [{ ...root, trusted: true }], accounts: [] });
    stage.person.reset();
    expect(await programs.sign(id)).toBe('valid');
    expect(stage.person.forms.map(({ atStake }) => atStake.pin)).toEqual(['PIN1']);
  });

  it('a person who cancels gets no signature, and is not asked again', async () => {
    const { PIN1 } = stage.person.knows;
    delete stage.person.knows.PIN1;
    expect(await programs.sign((await only()).id)).toBe('failed');
    expect(stage.person.forms).toHaveLength(1);
    stage.person.knows.PIN1 = PIN1!;
  });

  it('a card that is out shows no certificates, and a host that is gone is told from that', async () => {
    stage.readers.remove(stage.reader(0));
    await firstValueFrom(stage.readers.service);
    expect(await programs.test()).toMatchObject([{ module: 'loaded', certificates: 0 }]);
    expect(await programs.sign((await only()).id)).toBe('untried');
    stage.server.dispose();
    expect(await programs.bridge()).toMatchObject({ listening: false });
    expect(await programs.test()).toMatchObject([{ module: 'not-loaded', certificates: 0 }]);
  });

  it('nothing that was tried changed the database itself', async () => {
    const before = treeOf(home);
    await programs.test();
    expect(treeOf(home)).toEqual(before);
    expect(await programs.undo()).toMatchObject({ restored: 3, mended: 0, kept: [] });
  });
});
