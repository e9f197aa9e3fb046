import type { KeyUsage, PinId } from '../../api/cards.js';
import type { ProfileKey } from '../profile.js';
import type { KeyUse, PrivateKeyObject } from './private-key-object.js';

const usages: Readonly<Partial<Record<KeyUse, KeyUsage>>> = {
  sign: 'digitalSignature',
  nonRepudiation: 'nonRepudiation',
  decipher: 'dataEncipherment',
  keyDecipher: 'keyEncipherment',
  derive: 'keyAgreement',
};

/** The keys that can be used: with a PIN that is known and a reference or a file to name them by. Others are left out with a note. */
export function deriveKeys(
  objects: readonly PrivateKeyObject[],
  guards: ReadonlyMap<string, PinId>,
  tag: ProfileKey['tag'] = '84',
): { readonly keys: readonly ProfileKey[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const keys = objects.flatMap((object): ProfileKey[] => {
    const pin = object.authId === undefined ? undefined : guards.get(object.authId);
    const name = nameOf(object, tag);
    if (pin && name) return [{ id: object.id, pin, ...name, usage: usageOf(object), userConsent: object.userConsent }];
    notes.push(`key ${object.id}: ${pin ? 'neither reference nor file' : 'no known PIN'}`);
    return [];
  });
  return { keys, notes };
}

function nameOf(
  { reference, file }: PrivateKeyObject,
  preferred: ProfileKey['tag'],
): Pick<ProfileKey, 'tag' | 'reference'> | undefined {
  const byFile = file && { tag: '81' as const, reference: file.path.slice(-4) };
  if (reference === undefined || reference > 0xff || (preferred === '81' && byFile)) return byFile;
  return { tag: '84', reference: reference.toString(16).padStart(2, '0') };
}

const usageOf = ({ usage }: PrivateKeyObject): readonly KeyUsage[] => usage.flatMap((use) => usages[use] ?? []);
