import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { profileSchema } from './profile-schema.js';

it('the schema that plugin authors refer to is the one that profiles are checked with', () => {
  const file = new URL('card-profile.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(profileSchema);
});
