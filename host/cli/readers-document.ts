import {
  type Card,
  type CardDetails,
  type Certificate,
  inLanguage,
  type Key,
  type Language,
  type Pin,
  type Reader,
} from '@sigill/core';

/** The JSON of `sigill cards`: its keys are promised to programs and only ever grow. Labels in the person's language. */
export function readersDocument(
  readers: readonly Reader[],
  details: ReadonlyMap<string, CardDetails>,
  language: Language,
): object {
  return { readers: readers.map((reader) => readerDocument(reader, details, language)) };
}

function readerDocument(reader: Reader, details: ReadonlyMap<string, CardDetails>, language: Language): object {
  const { name, state, card, failure, busy } = reader;
  return {
    name,
    state,
    ...(card === undefined ? {} : { card: cardDocument(card, details.get(card.id), language) }),
    ...(failure === undefined ? {} : { failure }),
    ...(busy === true ? { busy } : {}),
  };
}

function cardDocument(card: Card, details: CardDetails | undefined, language: Language): object {
  const { profile, holder, atr, pins, puk, certificates, activation } = card;
  const notes = [...card.notes, ...(details?.notes ?? [])];
  return {
    profile,
    label: details?.label ?? inLanguage(card.label, language),
    serial: card.serial ?? details?.serial,
    holder,
    atr,
    pins: pins.map((pin) => pinDocument(pin, language)),
    ...(puk === undefined ? {} : { puk: pinDocument(puk, language) }),
    certificates: certificates.map((certificate) => certificateDocument(certificate, language)),
    ...(details === undefined
      ? {}
      : {
          caCertificates: details.caCertificates.map((certificate) => certificateDocument(certificate, language)),
          keys: details.keys.map((key) => keyDocument(key, language)),
        }),
    ...(activation === undefined ? {} : { activation }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function pinDocument(pin: Pin, language: Language): object {
  const { id, role, label, state, triesLeft, triesMax, minLength, maxLength } = pin;
  return { id, role, label: inLanguage(label, language), state, triesLeft, triesMax, minLength, maxLength };
}

function certificateDocument(certificate: Certificate, language: Language): object {
  const { id, label, subject, issuer, serialNumber, notBefore, notAfter, usage, email, sha256, key } = certificate;
  const { algorithm, size, curve, pin } = key;
  return {
    id,
    label: inLanguage(label, language),
    subject,
    issuer,
    serialNumber,
    notBefore,
    notAfter,
    usage,
    email,
    sha256,
    key: { algorithm, size, curve, pin },
  };
}

function keyDocument({ id, label, pin, algorithm, size, usage }: Key, language: Language): object {
  return { id, label: inLanguage(label, language), pin, algorithm, size, usage };
}
