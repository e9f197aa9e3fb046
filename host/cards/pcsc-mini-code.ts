import { pcscCode } from './pcsc-failure.js';

const codes: Readonly<Record<string, number>> = {
  InvalidHandle: pcscCode.invalidHandle,
  UnknownReader: pcscCode.unknownReader,
  Timeout: pcscCode.timeout,
  SharingViolation: pcscCode.sharingViolation,
  NoSmartCard: pcscCode.noSmartCard,
  ProtoMismatch: pcscCode.protocolMismatch,
  NotReady: pcscCode.notReady,
  CommError: pcscCode.communication,
  NotTransacted: pcscCode.notTransacted,
  ReaderUnavailable: pcscCode.readerUnavailable,
  NoService: pcscCode.noService,
  ServiceStopped: pcscCode.serviceStopped,
  NoReadersAvailable: pcscCode.noReaders,
  CommDataLost: pcscCode.dataLost,
  UnsupportedCard: pcscCode.unsupportedCard,
  UnresponsiveCard: pcscCode.unresponsiveCard,
  UnpoweredCard: pcscCode.unpoweredCard,
  ResetCard: pcscCode.resetCard,
  RemovedCard: pcscCode.removedCard,
};

/** PC/SC's code for an error of pcsc-mini, which names it in words; 0 for one that is not PC/SC's. */
export function miniCode(error: unknown): number {
  const name = error instanceof Error && 'code' in error ? String(error.code) : '';
  return codes[name] ?? 0;
}
