import type {
  Cards,
  CommandArguments,
  CommandResult,
  Json,
  Message,
  ProfileTest,
  Programs,
  Progress,
  TrialSignature,
} from '@sigill/core';
import { accountWords } from './account-words.js';
import { cardWords, certificateWords, loginWords } from './card-words.js';
import { cardsNow, readersNow } from './cards-now.js';
import { validity } from './match.js';
import { isYes, placeOf, saidIn } from '../place.js';
import { testWords } from './test-words.js';
import { stillUntrusted } from './untrusted.js';
import { wishFor } from './wish.js';
import { ProfileWords, wishWords } from './words.js';

/**
 * "User certificate does not exist": says where the way from a program to the card ends, each with its cure: the module, the host that
 * listens, the card, its certificates and what they are for, each program, each sender of a mail program, who vouches for the card's issuer.
 */
export async function checkSetUp(
  programs: Programs,
  cards: Cards,
  args: CommandArguments = {},
  progress?: Progress,
): Promise<CommandResult> {
  const place = placeOf(args);
  const [bridge, profiles, readers] = await Promise.all([programs.bridge(), programs.profiles(), readersNow(cards)]);
  const tested = await programs.test();
  const words = new ProfileWords(profiles);
  const wantsTrial = isYes(args['sign']);
  // Whoever looks at a terminal would wait for the question there.
  const [message] = saidIn(place, [{ key: 'email.sign.asks' }]);
  if (wantsTrial && message) progress?.report({ message });
  const trial = wantsTrial ? await trialSignature(programs, tested) : undefined;
  const now = new Date();
  const found = readers.flatMap(({ card }) => (card === undefined ? [] : [card]));
  const wish = wishFor(profiles, await cardsNow(cards), [], now);
  const { done } = await programs.plan(wish.wish);
  const barred = profiles.flatMap(({ id, bar }) => (bar === 'confined' ? [words.left({ profile: id, why: bar })] : []));
  const messages: readonly Message[] = [
    { key: bridge.module === undefined ? 'email.check.no-module' : 'email.check.module' },
    { key: bridge.listening ? 'email.check.listening' : 'email.check.not-listening' },
    ...cardWords(readers),
    ...found.flatMap((card) => card.certificates.map((one) => certificateWords(one, now))),
    ...(found.length > 0 ? [loginWords(found, now)] : []),
    ...(profiles.length === 0 ? [{ key: 'email.none' }] : []),
    ...testWords(words, profiles, tested),
    ...barred,
    ...accountWords(profiles, wish, done),
    ...wishWords(await stillUntrusted(programs, wish)),
    ...(trial === undefined ? [] : [{ key: `email.sign.${trial}` }]),
  ];
  const certificates = found.flatMap((card) =>
    card.certificates.map((one) => ({
      reader: card.reader,
      id: one.id,
      validity: validity(one, now),
      usage: one.usage,
    })),
  );
  const data = { bridge, profiles, tested, cards: found.length, certificates, ...(trial !== undefined && { trial }) };
  return { messages: saidIn(place, messages), data: data as unknown as Json };
}

/** In the first profile that loads the module: they all use the same one. */
async function trialSignature(programs: Programs, tested: readonly ProfileTest[]): Promise<TrialSignature> {
  const able = tested.find(({ module }) => module === 'loaded');
  return able === undefined ? 'untried' : await programs.sign(able.profile);
}
