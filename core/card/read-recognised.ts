import { buildCard, type PinProbes } from './build-card.js';
import { toHex } from './bytes.js';
import type { CachedCard, CachedCertificate } from './card-cache.js';
import type { CardReading, CardRequest } from './card-reading.js';
import type { Channel } from './channel.js';
import { decodeCertificates } from './decode-certificates.js';
import { isConfirmed } from './is-confirmed.js';
import { pinState, type PinProbeResult } from './probe-pin.js';
import type { CardProfile, ProfileCertificate } from './profile.js';
import { finishCertificate, openCertificate, orNote, readCertificates } from './read-certificates.js';
import { probeAll } from './read-pins.js';
import { type CardCertificate, resolveNotes, resolveProfile } from './resolve-profile.js';
import { statusOf } from './status-of.js';

/** A card whose application is selected and whose profile is known, or guessed. */
export interface Recognised {
  readonly profile: CardProfile;
  readonly serial?: string;
  readonly notes: readonly string[];
}

interface Found {
  readonly files: readonly CachedCertificate[];
  readonly notes: readonly string[];
  readonly cached?: CachedCard;
}

/**
 * Reads PINs and certificates as `recognised` says; undefined when the empty VERIFY tells that the card is another.
 * The order keeps within five commands for a card seen before: PIN counters, then the first certificate's first bytes,
 * by which the cache knows it. Only a card that it does not know is asked the empty VERIFY.
 */
export async function readRecognised(
  channel: Channel,
  request: CardRequest,
  recognised: Recognised,
  known: Map<string, boolean>,
): Promise<CardReading | undefined> {
  const { profile } = recognised;
  const probes = await probeAll(channel, profile.pins);
  const strange = [...probes.values()].some((probe) => !probe.known);
  if (strange && !(await isConfirmed(channel, profile, known))) return undefined;
  const found = await readOwn(channel, request, profile, () => isConfirmed(channel, profile, known));
  return found && assemble(channel, request, recognised, probes, found);
}

async function readOwn(
  channel: Channel,
  { cache }: CardRequest,
  profile: CardProfile,
  confirmed: () => Promise<boolean>,
): Promise<Found | undefined> {
  const [first, ...others] = profile.certificates;
  const opened = first && (await openCertificate(channel, first));
  const length = opened?.file.length ?? 0;
  const cached = opened && cache?.find(profile.id, length, opened.head);
  if (cached) return { files: cached.certificates, notes: [], cached };
  const notes: string[] = [];
  const files: CachedCertificate[] = [];
  if (opened) await orNote(notes, first, async () => files.push(await finishCertificate(channel, first, opened)));
  if (!(await confirmed())) return undefined;
  const rest = await readCertificates(channel, others);
  return { files: [...files, ...rest.files], notes: [...notes, ...rest.notes] };
}

async function assemble(
  channel: Channel,
  request: CardRequest,
  recognised: Recognised,
  probes: PinProbes,
  found: Found,
): Promise<CardReading> {
  const { certificates, notes } = decodeCertificates(found.files);
  const profile = resolveProfile(recognised.profile, certificates);
  if (!found.cached && found.notes.length === 0) keep(request, profile, found.files, certificates);
  const pukNow = profile.puk !== undefined && !probes.has('PUK') && needsPuk(profile, probes);
  const all = pukNow && profile.puk ? new Map([...probes, ...(await probeAll(channel, [profile.puk]))]) : probes;
  const { serial } = recognised;
  const card = buildCard({
    reader: request.reader,
    id: request.id,
    atr: toHex(request.atr),
    profile,
    probes: all,
    certificates,
    ...(serial !== undefined && { serial }),
    notes: [...recognised.notes, ...found.notes, ...notes, ...resolveNotes(recognised.profile, certificates)],
  });
  const status = statusOf(card);
  const reading: CardReading = { card, status, profile, certificates: found.files };
  if (!found.cached && (pukNow || !profile.puk)) return reading;
  const complete = (later: Channel): Promise<CardReading> => confirmLater(later, request, recognised, all, found);
  return { ...reading, complete };
}

/** After the status was told: certificates from the cache are compared with the card's, and the PUK's counter is read. */
async function confirmLater(
  channel: Channel,
  request: CardRequest,
  recognised: Recognised,
  probes: PinProbes,
  found: Found,
): Promise<CardReading> {
  const { puk, certificates } = recognised.profile;
  const fresh = found.cached ? await confirmCached(channel, certificates, found.files) : found;
  const counter = puk && !probes.has('PUK') ? await probeAll(channel, [puk]) : new Map<string, PinProbeResult>();
  const all = new Map([...probes, ...counter]);
  const { complete: _done, ...reading } = await assemble(channel, request, recognised, all, fresh);
  return reading;
}

async function confirmCached(
  channel: Channel,
  certificates: readonly ProfileCertificate[],
  files: readonly CachedCertificate[],
): Promise<Found> {
  const [first, ...others] = certificates;
  const own = files.filter(({ id }) => id === first?.id);
  const rest = await readCertificates(channel, others, files);
  return { files: [...own, ...rest.files], notes: rest.notes };
}

// Only what was read whole is remembered, and only under a certificate that it can be known by.
function keep(
  { cache }: CardRequest,
  profile: CardProfile,
  files: readonly CachedCertificate[],
  certificates: readonly CardCertificate[],
): void {
  const isKnownBy = files[0] !== undefined && files[0].id === profile.certificates[0]?.id;
  if (cache && isKnownBy && certificates.length === files.length)
    cache.keep({ profile: profile.id, certificates: files });
}

function needsPuk(profile: CardProfile, probes: PinProbes): boolean {
  return profile.pins.some((pin) => {
    const probe = probes.get(pin.id);
    return probe?.known === true && pinState(probe, pin.scheme) !== 'ok';
  });
}
