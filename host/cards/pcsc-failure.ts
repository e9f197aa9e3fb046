import { Failure } from '@sigill/core';

/** Answers of a PC/SC service (PC/SC part 5 §3.1; pcsclite.h), as far as we tell them apart. */
export const pcscCode = {
  invalidHandle: 0x80100003,
  unknownReader: 0x80100009,
  timeout: 0x8010000a,
  sharingViolation: 0x8010000b,
  noSmartCard: 0x8010000c,
  protocolMismatch: 0x8010000f,
  notReady: 0x80100010,
  communication: 0x80100013,
  notTransacted: 0x80100016,
  readerUnavailable: 0x80100017,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  noReaders: 0x8010002e,
  dataLost: 0x8010002f,
  unsupportedCard: 0x80100065,
  unresponsiveCard: 0x80100066,
  unpoweredCard: 0x80100067,
  resetCard: 0x80100068,
  removedCard: 0x80100069,
} as const;

const mute: readonly number[] = [pcscCode.unresponsiveCard, pcscCode.unpoweredCard, pcscCode.protocolMismatch];
const noService: readonly number[] = [
  pcscCode.noService,
  pcscCode.serviceStopped,
  pcscCode.communication,
  pcscCode.invalidHandle,
];
const noReader: readonly number[] = [pcscCode.unknownReader, pcscCode.readerUnavailable, pcscCode.noReaders];
// As when the card is pulled out.
const lost: readonly number[] = [pcscCode.notTransacted, pcscCode.dataLost, pcscCode.notReady];

/** True for a card that is there and does not answer. */
export const isMute = (code: number): boolean => mute.includes(code);

/** What a failed connect means; `readers` are those that there are. */
export function connectFailure(code: number, reader: string, readers: readonly string[], cause: unknown): Failure {
  if (code === pcscCode.noSmartCard) return new Failure('no-card', { reader }, cause);
  if (code === pcscCode.sharingViolation) return new Failure('reader-busy', { reader }, cause);
  if (code === pcscCode.removedCard) return new Failure('card-removed', { reader }, cause);
  if (noReader.includes(code)) return new Failure('reader-unknown', { reader, readers }, cause);
  if (noService.includes(code)) return new Failure('service-absent', { why: why(code, cause) }, cause);
  return new Failure('reader-error', { reader, why: why(code, cause) }, cause);
}

function useFailure(code: number, reader: string, cause: unknown): Failure {
  if (code === pcscCode.resetCard) return new Failure('card-reset', { reader }, cause);
  if (code === pcscCode.sharingViolation) return new Failure('reader-busy', { reader }, cause);
  const gone = code === pcscCode.removedCard || code === pcscCode.noSmartCard || noReader.includes(code);
  if (gone) return new Failure('card-removed', { reader }, cause);
  return new Failure('reader-error', { reader, why: why(code, cause) }, cause);
}

/** What a call of a connection failed with; of a command that was lost on its way, once it shows whether the card is `gone`. */
export async function callFailure(
  error: unknown,
  codeOf: (error: unknown) => number,
  { reader, gone }: { readonly reader: string; readonly gone: () => Promise<boolean> },
): Promise<Failure> {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  if (lost.includes(code) && (await gone())) return new Failure('card-removed', { reader }, error);
  return useFailure(code, reader, error);
}

function why(code: number, cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  return code === 0 ? text : `${text} (0x${code.toString(16)})`;
}
