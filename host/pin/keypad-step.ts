import type { BodyPart, CardProfile, PlannedCommand, ProfilePin } from '@sigill/core/card';
import type { Language } from '@sigill/core';
import { type KeypadModification, type KeypadPin, modifyBlock, verifyBlock } from './keypad-blocks.js';
import type { KeypadFeature } from './keypad-features.js';

/** What a keypad is asked with: its functions and the language of its display. */
export interface KeypadTraits {
  readonly features: ReadonlyMap<KeypadFeature, number>;
  readonly language: Language;
}

/** One command with secrets as a reader with a keypad does it. */
export interface KeypadStep {
  readonly feature: 'verify-direct' | 'modify-direct';
  /** The control code of that function. */
  readonly control: number;
  readonly block: Uint8Array;
  readonly minLength: number;
  readonly maxLength: number;
}

// Windows language identifiers.
const languages: Readonly<Record<Language, number>> = { en: 0x0409, sv: 0x041d, fi: 0x040b };

/**
 * The block that has the reader do `planned`; `undefined` when this reader cannot: it lacks the function, or the PIN is not a padded block
 * of ASCII, whose length readers write differently.
 */
export function keypadStep(
  profile: CardProfile,
  planned: PlannedCommand,
  traits: KeypadTraits,
): KeypadStep | undefined {
  const secrets = (planned.body ?? []).flatMap((part) => (part.kind === 'secret' ? [part] : []));
  const pin = keypadPin(profile, planned, secrets, traits.language);
  if (pin === undefined || secrets.length !== planned.body?.length) return undefined;
  const modification = modifications.get(`${planned.ins} ${planned.p1}`);
  const verifies = planned.ins === 0x20 && planned.p1 === 0;
  if (!verifies && modification === undefined) return undefined;
  const feature = verifies ? 'verify-direct' : 'modify-direct';
  const control = traits.features.get(feature);
  if (control === undefined) return undefined;
  const block = modification === undefined ? verifyBlock(pin) : modifyBlock(pin, modification);
  return { feature, control, block, minLength: pin.minLength, maxLength: pin.maxLength };
}

/** By instruction and P1. */
const modifications: ReadonlyMap<string, KeypadModification> = new Map([
  [`${0x24} 0`, 'change'],
  [`${0x2c} 0`, 'unblock'],
  [`${0x2c} 2`, 'set-new'],
]);

type SecretPart = Extract<BodyPart, { kind: 'secret' }>;

function keypadPin(
  profile: CardProfile,
  { cla, ins, p1, p2: reference }: PlannedCommand,
  secrets: readonly SecretPart[],
  language: Language,
): KeypadPin | undefined {
  const { puk, pins } = profile;
  const pin = [...pins, ...(puk === undefined ? [] : [puk])].find((one) => one.reference === reference);
  if (cla !== 0 || pin === undefined) return undefined;
  const { format, minLength, maxLength } = pin;
  const fits = (one: SecretPart): boolean =>
    one.format.blockLength === format.blockLength && one.format.pad === format.pad && one.format.encoding !== 'bcd';
  if (format.blockLength === undefined || format.blockLength > 15 || !secrets.every(fits)) return undefined;
  const limits = { minLength, maxLength };
  const withPuk = ins === 0x2c && p1 === 0 && puk !== undefined;
  return { reference, format, ...(withPuk ? both(pin, puk) : limits), language: languages[language] };
}

/** A block has limits for one length: those within which both values can be typed. The shorter of the PUKs that a card may have is the one that cards are given. */
function both(pin: ProfilePin, puk: ProfilePin): Pick<KeypadPin, 'minLength' | 'maxLength'> {
  return { minLength: Math.min(pin.minLength, puk.minLength), maxLength: Math.max(pin.maxLength, puk.minLength) };
}
