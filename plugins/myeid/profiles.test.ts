import { readFileSync } from 'node:fs';
import { fromHex, matchProfiles, parseProfile } from '@sigill/core/card';
import { expect, it } from 'vitest';
import manifest from './package.json' with { type: 'json' };

it('a MyEID card is known by its last five historical bytes', () => {
  const profiles = manifest.sigill.contributes.cardProfiles.map((path) =>
    parseProfile(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')), path),
  );
  const known = matchProfiles(fromHex('3bf51800008131fe454d794549449a'), profiles);
  expect(known.map(({ id, signing }) => [id, signing.keyTag, signing.ecdsa])).toEqual([['myeid', '81', 'der']]);
});
