import type { Message, ProgramProfile, SetUpChange } from '@sigill/core';
import type { Wish } from './wish.js';
import { whereIs } from './words.js';

/** Which senders the card has certificates for, and whether their accounts use them. `lacking`: what a plan of the wish would change. */
export function accountWords(
  profiles: readonly ProgramProfile[],
  { wish }: Wish,
  lacking: readonly SetUpChange[],
): readonly Message[] {
  return wish.accounts.flatMap(({ profile: id, identity }): readonly Message[] => {
    const profile = profiles.find((one) => one.id === id);
    const address = profile?.identities.find((one) => one.id === identity)?.address;
    // What a program that runs has in its accounts is seen once it is closed.
    if (profile === undefined || address === undefined || profile.bar !== undefined) return [];
    const isLacking = lacking.some((one) => one.kind === 'account' && one.profile === id && one.address === address);
    const values = { where: whereIs(profile), address, state: isLacking ? 'unset' : 'set' };
    return [{ key: 'email.check.account', values }];
  });
}
