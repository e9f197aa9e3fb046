import type { Activation, Card, CardId, Certificate, Key, Pin } from '../api/cards.js';
import { abilitiesOf } from './key-abilities.js';
import type { CardProfile, ProfileCertificate, ProfilePin } from './profile.js';
import { type PinProbeResult, pinState } from './probe-pin.js';
import type { CardCertificate } from './resolve-profile.js';

/** What was read of a card's PINs, by their ids. */
export type PinProbes = ReadonlyMap<string, PinProbeResult>;

/** Everything that a card's public description is made from. */
export interface CardParts {
  readonly reader: string;
  readonly id: CardId;
  /** Hex. */
  readonly atr: string;
  /** Resolved for this card. */
  readonly profile: CardProfile;
  readonly probes: PinProbes;
  readonly certificates: readonly CardCertificate[];
  readonly serial?: string;
  readonly notes: readonly string[];
}

/** The public facts of a card. */
export function buildCard(parts: CardParts): Card {
  const { profile, reader, id, atr, serial, notes } = parts;
  const holder = parts.certificates.find(({ certificate }) => certificate.holder)?.certificate.holder;
  const bare: Card = {
    id,
    reader,
    profile: profile.id,
    label: profile.label,
    ...(serial !== undefined && { serial }),
    ...(holder !== undefined && { holder }),
    atr,
    pins: [],
    certificates: profile.certificates.flatMap((one) => certificateOf(profile, one, parts.certificates)),
    notes,
  };
  return withPins(bare, profile, parts.probes);
}

/** The card with PIN states as they are now; a PIN that was not probed keeps what was known of it. */
export function withPins(card: Card, profile: CardProfile, probes: PinProbes): Card {
  const pins = profile.pins.flatMap((pin) => pinOf(pin, probes) ?? card.pins.find(({ id }) => id === pin.id) ?? []);
  const puk = (profile.puk && pinOf(profile.puk, probes)) ?? card.puk;
  const activation = activationOf(profile, pins, puk);
  const { activation: _before, ...rest } = card;
  return { ...rest, pins, ...(puk && { puk }), ...(activation && { activation }) };
}

function pinOf(pin: ProfilePin, probes: PinProbes): Pin | undefined {
  const probe = probes.get(pin.id);
  if (!probe?.known) return undefined;
  const { triesLeft, triesMax } = probe;
  return {
    id: pin.id,
    role: pin.role,
    label: pin.label,
    state: pinState(probe, pin.scheme),
    ...(triesLeft !== undefined && { triesLeft }),
    ...(triesMax !== undefined && { triesMax }),
    minLength: pin.minLength,
    maxLength: pin.maxLength,
  };
}

function activationOf(profile: CardProfile, pins: readonly Pin[], puk: Pin | undefined): Activation | undefined {
  const [applies] = profile.activation;
  const missing = pins.filter(({ state }) => state === 'not-set');
  if (!applies || missing.length === 0) return undefined;
  const { scheme, codeMinLength, codeMaxLength } = applies;
  // Under B the code is the PINs' own present value; otherwise it is the PUK.
  const stakes = scheme === 'B' ? missing : puk ? [puk] : [];
  const [codeTriesLeft] = stakes.flatMap(({ triesLeft }) => triesLeft ?? []).sort((a, b) => a - b);
  const codeTriesMax = stakes[0]?.triesMax;
  return {
    scheme,
    codeMinLength,
    codeMaxLength,
    missing: missing.map(({ id }) => id),
    ...(codeTriesLeft !== undefined && { codeTriesLeft }),
    ...(codeTriesMax !== undefined && { codeTriesMax }),
  };
}

function certificateOf(
  profile: CardProfile,
  place: ProfileCertificate,
  found: readonly CardCertificate[],
): readonly Certificate[] {
  const decoded = found.find(({ id }) => id === place.id)?.certificate;
  if (!decoded) return [];
  const { holder: _holder, issuerName: _issuerName, key, ...facts } = decoded;
  const own = profile.keys.find(({ id }) => id === place.key);
  const opens = own !== undefined && abilitiesOf(profile, { ...own, algorithm: key.algorithm }).some(isOpening);
  return [
    {
      ...facts,
      id: place.id,
      label: place.label,
      key: {
        ...key,
        ...(own && { pin: own.pin }),
        ...(own?.userConsent && { eachTime: true }),
        ...(opens && { decrypts: true }),
      },
    },
  ];
}

const isOpening = (ability: Key['usage'][number]): boolean => ability !== 'sign';
