import { Failure, isFailure } from '@sigill/core';
import type { Pcsc, PcscConnection, PcscService } from '@sigill/core/card';
import { BehaviorSubject } from 'rxjs';
import { openPcscMini, type PcscOptions } from './pcsc-mini.js';
import { openPcsclite } from './pcsclite.js';

/** The packages that speak PC/SC for us. */
export type PcscPackage = 'pcsc-mini' | 'pcsclite';

type Openers = Readonly<Record<PcscPackage, (options: PcscOptions) => Promise<Pcsc>>>;

const openers: Openers = { 'pcsc-mini': openPcscMini, pcsclite: openPcsclite };

/** PC/SC by the first package that works on this computer, `preferred` before the other; without any, a service that is never available and says why. */
export async function openPcsc(
  preferred: PcscPackage = 'pcsc-mini',
  options: PcscOptions = {},
  open: Openers = openers,
): Promise<Pcsc> {
  const reasons: string[] = [];
  for (const name of new Set<PcscPackage>([preferred, 'pcsc-mini', 'pcsclite'])) {
    try {
      return await open[name](options);
    } catch (error) {
      if (!isFailure(error, 'service-absent')) throw error;
      reasons.push(error.facts.why);
    }
  }
  return absentPcsc(reasons.join('; '));
}

/** A card service that is not there and will not come. */
export function absentPcsc(why: string): Pcsc {
  const service = new BehaviorSubject<PcscService>({ available: false, why, readers: [] });
  return {
    service: service.asObservable(),
    connect: (): Promise<PcscConnection> => Promise.reject(new Failure('service-absent', { why })),
    close: () => Promise.resolve(service.complete()),
  };
}
