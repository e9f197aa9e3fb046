import { type Cards, Failure, type Reader, type Settings } from '@sigill/core';
import { filter, firstValueFrom } from 'rxjs';
import { type Candidate, candidatesIn, choiceLine } from './candidates.js';
import { Refusal } from './refusal.js';
import type { Wish } from './wish.js';

/**
 * The certificate to sign with: the one that is named, else the one taken last for documents, else the only one that is meant for them.
 * Fails with `no-card`, `certificate-unknown`, and with a `Refusal` that lists the choice with a reason for each.
 */
export async function chooseCertificate(cards: Cards, settings: Settings, wish: Wish): Promise<Candidate> {
  const readers = await settled(cards);
  if (readers.every(({ card }) => card === undefined)) throw new Failure('no-card', {});
  const all = candidatesIn(readers, Date.now()).filter(({ card }) => wish.card === undefined || card === wish.card);
  if (wish.certificate !== undefined) return await named(all, wish.certificate, settings);
  const good = all.filter(({ fit }) => fit === 'good');
  const last = String(await firstValueFrom(settings.value('certificate')));
  const chosen =
    good.find(({ certificate }) => certificate.sha256 === last) ?? (good.length === 1 ? good[0] : undefined);
  if (chosen !== undefined) return chosen;
  throw new Refusal(good.length === 0 ? 'sign.no-certificate' : 'sign.choose', {}, all.slice(0, 20).map(choiceLine));
}

async function named(all: readonly Candidate[], wanted: string, settings: Settings): Promise<Candidate> {
  const text = wanted.toLowerCase();
  const found = all.filter(
    ({ certificate: { id, sha256 } }) =>
      id.toLowerCase() === text || (text.length >= 8 && sha256.toLowerCase().startsWith(text)),
  );
  const [one, another] = found;
  if (one === undefined) throw new Failure('certificate-unknown', { id: wanted });
  if (another !== undefined) throw new Refusal('sign.choose', {}, found.slice(0, 20).map(choiceLine));
  if (one.fit === 'unfit') throw new Refusal('sign.unfit', {}, [choiceLine(one)]);
  // Remembered only where there was something to choose.
  if (all.length > 1) await settings.keep('certificate', one.certificate.sha256);
  return one;
}

function settled({ readers }: Cards): Promise<readonly Reader[]> {
  return firstValueFrom(readers.pipe(filter((all) => all.every(({ state }) => state !== 'reading'))));
}
