import type { Certificate, Reader, ReaderStatus } from '@sigill/core';
import type { StatusIcon } from '../window/view/status-icon.js';

/** Milliseconds: a certificate that ends within 30 days is near its end. */
const nearEnd = 30 * 24 * 60 * 60 * 1_000;

/** The most urgent first: with several readers its icon is shown. */
const urgency: readonly StatusIcon[] = [
  'locked',
  'activation',
  'unrecognised',
  'no-certificate',
  'expiring',
  'reading',
  'ready',
  'no-card',
  'no-reader',
];

const icons: Readonly<Record<ReaderStatus, StatusIcon>> = {
  empty: 'no-card',
  reading: 'reading',
  ready: 'ready',
  'not-activated': 'activation',
  'half-activated': 'activation',
  'pin-locked': 'locked',
  'puk-locked': 'locked',
  'no-certificate': 'no-certificate',
  unrecognised: 'unrecognised',
  error: 'unrecognised',
};

/** The icon of all readers together. */
export function statusIcon(readers: readonly Reader[], now: Date): StatusIcon {
  const shown = readers.map((reader) => readerIcon(reader, now));
  return urgency.find((icon) => shown.includes(icon)) ?? 'no-reader';
}

/** The icon of one reader. */
export function readerIcon(reader: Reader, now: Date): StatusIcon {
  return expiring(reader, now) === undefined ? icons[reader.state] : 'expiring';
}

/** The certificate of a card that is ready which ends first, if that is within 30 days. */
export function expiring({ state, card }: Reader, now: Date): Certificate | undefined {
  if (state !== 'ready') return undefined;
  return card?.certificates
    .filter((certificate) => expiresSoon(certificate, now))
    .sort((one, other) => Date.parse(one.notAfter) - Date.parse(other.notAfter))[0];
}

/** True for a certificate that is valid still, for 30 days at most. */
function expiresSoon({ notAfter }: Certificate, now: Date): boolean {
  const left = Date.parse(notAfter) - now.getTime();
  return left > 0 && left <= nearEnd;
}
