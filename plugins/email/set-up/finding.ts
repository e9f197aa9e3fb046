import type { Finding, FindingState, Message } from '@sigill/core';

/** Beginnings of the keys of what stands in the way of the card. */
const bad = [
  'email.check.no-module',
  'email.check.no-reader',
  'email.check.no-card',
  'email.check.not-listening',
  'email.check.card-not-ready',
  'email.check.expired',
  'email.check.early',
  'email.test.not-loaded',
  'email.sign.failed',
  'email.sign.untrusted',
];

/** Of what is in order, or done. */
const good = [
  'email.done.module',
  'email.done.database',
  'email.done.authority',
  'email.done.account',
  'email.nothing',
  'email.check.module',
  'email.check.listening',
  'email.check.card',
  'email.check.certificate',
  'email.sign.valid',
  'email.undo.done',
  'email.undo.mended',
];

/** Of what is only told. */
const told = ['email.plan', 'email.check.usage', 'email.undo.nothing'];

/** How a sentence of the set-up stands: all that is neither good, in the way nor only told wants to be seen to. */
export function stateOf({ key, values = {} }: Message): FindingState | undefined {
  const begins = (beginnings: readonly string[]): boolean => beginnings.some((one) => key.startsWith(one));
  if (key === 'email.test.loaded') return values['certificates'] === 0 ? 'attention' : 'good';
  if (key === 'email.check.login') return values['count'] === 0 ? 'bad' : 'good';
  if (key === 'email.check.account') return values['state'] === 'set' ? 'good' : 'attention';
  if (begins(bad)) return 'bad';
  if (begins(good)) return 'good';
  return begins(told) ? undefined : 'attention';
}

export function finding(message: Message): Finding {
  const state = stateOf(message);
  return { message, ...(state !== undefined && { state }) };
}
