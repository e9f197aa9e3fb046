import type { LeftProfile, Message, ProgramProfile, ProfileId, SetUpChange } from '@sigill/core';
import type { Wish } from './wish.js';

const titles = { firefox: 'Firefox', thunderbird: 'Thunderbird', shared: 'Chromium' } as const;

/** A profile as a person is told of it: `Firefox (default-esr, ~/.mozilla/firefox/abc)`. */
export function whereIs({ program, name, folder }: ProgramProfile): string {
  return program === 'shared' ? `${titles[program]} (${folder})` : `${titles[program]} (${name}, ${folder})`;
}

/** Sentences about profiles, which are named by id. */
export class ProfileWords {
  readonly #profiles: ReadonlyMap<ProfileId, ProgramProfile>;

  constructor(profiles: readonly ProgramProfile[]) {
    this.#profiles = new Map(profiles.map((profile) => [profile.id, profile]));
  }

  where(id: ProfileId): string {
    const profile = this.#profiles.get(id);
    return profile === undefined ? id : whereIs(profile);
  }

  /** `plan` for what would be done, `if` for what would be when the person confirms a fingerprint. */
  change(change: SetUpChange, tense: 'plan' | 'done' | 'if'): Message {
    const where = this.where(change.profile);
    const key = tense === 'if' ? 'email.plan.authority-if' : `email.${tense}.${change.kind}`;
    if (change.kind === 'authority') {
      const { name, sha256, trusted } = change;
      return { key, values: { where, name, fingerprint: fingerprint(sha256), trusted: trusted ? 'yes' : 'no' } };
    }
    if (change.kind !== 'account') return { key, values: { where } };
    const { address, signing, encryption } = change;
    return {
      key,
      values: { where, address, use: signing && encryption ? 'both' : signing ? 'signing' : 'encryption' },
    };
  }

  left({ profile, why }: LeftProfile): Message {
    const kind = why === 'confined' ? (this.#profiles.get(profile)?.packaging ?? 'snap') : why;
    return { key: `email.left.${kind}`, values: { where: this.where(profile) } };
  }
}

/** What of a wish cannot be, and what the person has to confirm. */
export function wishWords({ unmatched, elliptic, unopened, unconfirmed, unknown }: Wish): readonly Message[] {
  const accounts = unmatched.map(({ profile, address, because }): Message => {
    const values = { where: whereIs(profile), address };
    const key = `email.unmatched.${because.why}`;
    if (because.why === 'address') return { key, values: { ...values, addresses: listed(because.addresses) } };
    if (because.why === 'expired') return { key, values: { ...values, until: day(because.until) } };
    return because.why === 'early' ? { key, values: { ...values, from: day(because.from) } } : { key, values };
  });
  const told = (key: string, senders: Wish['elliptic']): readonly Message[] =>
    senders.map(({ profile, address }) => ({ key, values: { where: whereIs(profile), address } }));
  const unread = [...told('email.unopened', unopened), ...told('email.elliptic', elliptic)];
  const authorities = unconfirmed.map(({ certificate: { subject, sha256 } }): Message => {
    const values = { name: nameIn(subject), fingerprint: fingerprint(sha256), short: sha256 };
    return { key: 'email.untrusted', values };
  });
  const strangers = unknown.map((one): Message => ({
    key: 'email.trust.unknown',
    values: { fingerprint: one || '?' },
  }));
  return [...accounts, ...unread, ...strangers, ...authorities];
}

/** `AB:CD:…`, as issuers print it. */
export function fingerprint(sha256: string): string {
  return (sha256.toUpperCase().match(/../g) ?? []).join(':');
}

/** The common name of an RFC 4514 name; the whole of it when it has none. */
export function nameIn(subject: string): string {
  return /(?:^|,)CN=((?:\\.|[^,\\+])*)/.exec(subject)?.[1]?.replace(/\\(.)/g, '$1') ?? subject;
}

/** `none` chooses the words for an empty list. */
export function listed(addresses: readonly string[]): string {
  return addresses.length === 0 ? 'none' : addresses.join(', ');
}

/** ISO 8601, which reads the same in all languages. */
export function day(iso: string): string {
  return iso.slice(0, 10);
}
