import type { Message, ProfileTest, ProgramProfile } from '@sigill/core';
import type { ProfileWords } from './words.js';

/** How each profile fared that has the module, or could have it. */
export function testWords(
  words: ProfileWords,
  profiles: readonly ProgramProfile[],
  tested: readonly ProfileTest[],
): readonly Message[] {
  const able = new Set(profiles.filter(({ bar, registered }) => registered || bar === undefined).map(({ id }) => id));
  return tested
    .filter(({ profile }) => able.has(profile))
    .map(({ profile, module, certificates }) => {
      const values = { where: words.where(profile), ...(module === 'loaded' && { certificates }) };
      return { key: `email.test.${module}`, values };
    });
}
