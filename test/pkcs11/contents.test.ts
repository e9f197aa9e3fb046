import { afterEach, expect, it } from 'vitest';
import { CKA } from '../../host/pkcs11/constants.js';
import { Program } from './program.js';
import { type Pkcs11Stage, pkcs11Stage } from './stage.js';

let stage: Pkcs11Stage;
afterEach(() => stage.close());

it('what was read of a card at its insertion is not read again for a program: only authorities are left', async () => {
  stage = await pkcs11Stage(['myeid']);
  await stage.quiet();
  const card = stage.cards[0]!;
  const from = card.log.length;
  const program = await Program.start(stage, 1);
  await program.login();
  for (const key of await program.keys()) expect(await program.attribute(key, CKA.ID)).not.toHaveLength(0);
  const selected = card.log.slice(from).filter(({ command }) => command.startsWith('00a40804'));
  expect(selected.map(({ command }) => command.slice(10))).toEqual(['5015434100', '5015434200']);
  program.client.close();
});
