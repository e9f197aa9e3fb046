import { Failure } from '../failure.js';
import { toHex } from './bytes.js';
import { selectName } from './card-files.js';
import type { CardReading, CardRequest } from './card-reading.js';
import type { Channel } from './channel.js';
import { matchProfiles } from './match-profiles.js';
import { deriveProfile } from './pkcs15/derive-profile.js';
import { findApplication } from './pkcs15/find-application.js';
import { readDirectories } from './pkcs15/read-directories.js';
import type { CardProfile } from './profile.js';
import { type Recognised, readRecognised } from './read-recognised.js';
import { printedSerial } from './serial.js';

/**
 * Recognises a card and reads what its state needs: PIN counters, without spending a try, and certificates.
 * By a profile when one knows it, else by the card's own directories. Fails with `card-unrecognised`, `card-malformed`,
 * and as the channel does.
 */
export async function readCard(channel: Channel, request: CardRequest): Promise<CardReading> {
  const known = new Map<string, boolean>();
  const applications = new Map<string, boolean>();
  for (const profile of candidates(request)) {
    if (contradicts(profile, known)) continue;
    const { application } = profile;
    const selected = applications.get(application) ?? (await selectName(channel, application));
    applications.clear();
    applications.set(application, selected);
    if (!selected) continue;
    const reading = await readRecognised(channel, request, await completed(channel, profile), known);
    if (reading) return reading;
  }
  return readGeneric(channel, request);
}

// Historical bytes make a first guess; look-alikes with the same application follow, for the empty VERIFY decides.
function candidates({ atr, profiles }: CardRequest): readonly CardProfile[] {
  const matched = matchProfiles(atr, profiles);
  const alike = profiles.filter((profile) =>
    matched.some((one) => profile.confirm && one.application === profile.application),
  );
  return [...new Set([...matched, ...alike])];
}

/** True when an empty VERIFY has already told that the card is another. `known`: references the card has or has not. */
function contradicts({ confirm, application }: CardProfile, known: ReadonlyMap<string, boolean>): boolean {
  const told = confirm && known.get(`${application}:${confirm.reference}`);
  return told !== undefined && told !== confirm?.known;
}

async function completed(channel: Channel, profile: CardProfile): Promise<Recognised> {
  const isWhole = [profile.pins, profile.certificates, profile.keys].every((part) => part.length > 0);
  if (isWhole) return { profile, notes: [] };
  return fromDirectories(channel, { aid: profile.application, path: '3f005015' }, profile);
}

async function readGeneric(channel: Channel, request: CardRequest): Promise<CardReading> {
  const application = await findApplication(channel);
  const recognised = application && (await fromDirectories(channel, application));
  const reading = recognised && (await readRecognised(channel, request, recognised, new Map()));
  if (reading) return reading;
  throw new Failure('card-unrecognised', { reader: request.reader, atr: toHex(request.atr) });
}

async function fromDirectories(
  channel: Channel,
  application: Parameters<typeof readDirectories>[1],
  base?: CardProfile,
): Promise<Recognised> {
  const directories = await readDirectories(channel, application);
  const { profile, notes } = deriveProfile(directories, base);
  const serial = directories.info.serial && printedSerial(directories.info.serial, profile.serial);
  // Reading may have led out of the application, and with it away from local PINs.
  await selectName(channel, application.aid);
  return { profile, notes: [...directories.notes, ...notes], ...(serial && { serial }) };
}
