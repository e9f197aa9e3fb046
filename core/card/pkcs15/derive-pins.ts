import type { PinId, PinRole } from '../../api/cards.js';
import type { PinFormat, ProfilePin } from '../profile.js';
import type { PinObject } from './pin-object.js';

/** PINs of a card in the order of its EF.AOD. */
export interface DerivedPins {
  readonly pins: readonly ProfilePin[];
  readonly puk?: ProfilePin;
  /** Which PIN an authId of another object names. */
  readonly guards: ReadonlyMap<string, PinId>;
  readonly notes: readonly string[];
}

const ids: readonly PinId[] = ['PIN1', 'PIN2', 'PIN3', 'PIN4'];
const roles: readonly PinRole[] = ['basic', 'signature', 'organisation', 'organisation'];
const supported = ['ascii', 'utf8', 'bcd'];

/** Takes the holder's PINs as PIN1 to PIN4, the first unblocking one as PUK; others are left out with a note. */
export function derivePins(objects: readonly PinObject[]): DerivedPins {
  const notes: string[] = [];
  const usable = objects.filter((object) => {
    if (object.securityOfficer) return false;
    if (!supported.includes(object.encoding)) notes.push(`PIN ${nameOf(object)}: ${object.encoding} is not supported`);
    return supported.includes(object.encoding);
  });
  const own = usable.filter(({ unblocking }) => !unblocking);
  if (own.length > ids.length) notes.push(`PINs after ${ids.length} left out`);
  const numbered = own.slice(0, ids.length);
  const puk = usable.find(({ unblocking }) => unblocking);
  const guards = numbered.flatMap(({ authId }, at): [string, PinId][] => (authId ? [[authId, ids[at]!]] : []));
  return {
    pins: numbered.map((object, at) => pinOf(object, ids[at]!, roles[at]!)),
    ...(puk && { puk: pinOf(puk, 'PUK', 'puk') }),
    guards: new Map(guards),
    notes,
  };
}

const nameOf = ({ label, reference }: PinObject): string => label || reference.toString(16).padStart(2, '0');

function pinOf(object: PinObject, id: PinId, role: PinRole): ProfilePin {
  const { label, reference, minLength, storedLength, encoding } = object;
  const most = encoding === 'bcd' ? storedLength * 2 : storedLength;
  const maxLength = Math.min(object.maxLength ?? most, most || largest, largest);
  return {
    id,
    role,
    label: label || id,
    reference,
    minLength: Math.min(Math.max(minLength, 1), maxLength),
    maxLength,
    format: formatOf(object),
    probe: 'empty-verify',
  };
}

const largest = 16;

function formatOf({ encoding, storedLength, pad }: PinObject): PinFormat {
  if (encoding === 'bcd')
    return { encoding: 'bcd', pad: pad ?? 0xff, ...(pad !== undefined && { blockLength: storedLength }) };
  return pad === undefined ? {} : { blockLength: storedLength, pad };
}
