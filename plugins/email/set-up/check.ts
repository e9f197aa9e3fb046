import type {
  Card,
  Cards,
  Certificate,
  CommandArguments,
  CommandResult,
  Json,
  Message,
  ProfileTest,
  Programs,
  Reader,
  TrialSignature,
} from '@sigill/core';
import { readersNow } from './cards-now.js';
import { uses, validity } from './match.js';
import { testWords } from './test-words.js';
import { day, listed, nameIn, ProfileWords } from './words.js';

/**
 * "User certificate does not exist": says where the way from a program to the card ends, each with its cure: the module, the host that
 * listens, the card, its certificates, the programs.
 */
export async function checkSetUp(
  programs: Programs,
  cards: Cards,
  args: CommandArguments = {},
): Promise<CommandResult> {
  const [bridge, profiles, readers] = await Promise.all([programs.bridge(), programs.profiles(), readersNow(cards)]);
  const tested = await programs.test();
  const words = new ProfileWords(profiles);
  const trial = args['sign'] === true ? await trialSignature(programs, tested) : undefined;
  const now = new Date();
  const found = readers.flatMap(({ card }) => (card === undefined ? [] : [card]));
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
  return { messages: messages.slice(0, 100), data: data as unknown as Json };
}

function cardWords(readers: readonly Reader[]): readonly Message[] {
  const filled = readers.filter(({ state }) => state !== 'empty');
  if (filled.length === 0) return [{ key: 'email.check.no-card' }];
  return filled.map(({ name, state }) => ({
    key: state === 'ready' ? 'email.check.card' : 'email.check.card-not-ready',
    values: { reader: name },
  }));
}

function certificateWords(certificate: Certificate, now: Date): Message {
  const subject = nameIn(certificate.subject);
  const state = validity(certificate, now);
  if (state === 'early') return { key: 'email.check.early', values: { subject, from: day(certificate.notBefore) } };
  const until = day(certificate.notAfter);
  if (state === 'expired') return { key: 'email.check.expired', values: { subject, until } };
  return { key: 'email.check.certificate', values: { subject, until, addresses: listed(certificate.email) } };
}

/** In the first profile that loads the module: they all use the same one. */
async function trialSignature(programs: Programs, tested: readonly ProfileTest[]): Promise<TrialSignature> {
  const able = tested.find(({ module }) => module === 'loaded');
  return able === undefined ? 'untried' : await programs.sign(able.profile);
}

/** TLS wants a key that signs (RFC 8446 §4.4.2.2: digitalSignature). */
function loginWords(cards: readonly Card[], now: Date): Message {
  const able = cards
    .flatMap(({ certificates }) => certificates)
    .filter((one) => one.key.pin !== undefined && validity(one, now) === 'valid' && uses('digitalSignature')(one));
  return { key: 'email.check.login', values: { count: able.length } };
}
