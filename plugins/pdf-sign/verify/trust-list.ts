import type { TrustAnchor } from '@sigill/core';
import sax from 'sax';
import { readCertificate } from '@sigill/core/cms';

/** One trust service of a trusted list. */
export interface TrustService {
  /** `http://uri.etsi.org/TrstSvc/Svctype/CA/QC` … */
  readonly type: string;
  /** `http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted` … */
  readonly status: string;
  readonly name: string;
  readonly provider: string;
  /** DER. */
  readonly certificates: readonly Uint8Array[];
}

/** A trusted list as it stands; its own signature is not checked: the person vouches for the file. */
export interface TrustList {
  /** `FI`. */
  readonly territory?: string;
  /** ISO 8601, as the list says. */
  readonly issued?: string;
  readonly nextUpdate?: string;
  readonly services: readonly TrustService[];
}

const namespace = 'http://uri.etsi.org/02231/v2#';
const mostServices = 20_000;
const qualified: readonly string[] = [
  'http://uri.etsi.org/TrstSvc/Svctype/CA/QC',
  'http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST',
];
const granted = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted';

/** Reads an EU trusted list (ETSI TS 119 612), UTF-8 or UTF-16; undefined when it is none. Nothing that the XML refers to is fetched or expanded. */
export function readTrustList(bytes: Uint8Array): TrustList | undefined {
  const reading = new Reading();
  const reader = sax.parser(true, { xmlns: true, position: false });
  let broken = false;
  reader.onopentag = ({ local, uri }) => reading.open(uri === namespace ? local : `?${local}`);
  reader.onclosetag = () => reading.close();
  reader.ontext = (text) => reading.text(text);
  reader.onerror = () => void (broken = true);
  try {
    const text = textOf(bytes);
    for (let at = 0; at < text.length && !broken; at += 65_536) reader.write(text.slice(at, at + 65_536));
    if (!broken) reader.close();
  } catch {
    // The reader throws its errors again with the next piece.
    return undefined;
  }
  return broken || !reading.isList ? undefined : reading.list();
}

/** The certificates of authorities for qualified certificates and of qualified time-stamp authorities whose status is granted. */
export function anchorsOf({ services }: TrustList): TrustAnchor[] {
  return services
    .filter(({ type, status }) => qualified.includes(type) && status.replace(/\/$/, '') === granted)
    .flatMap(({ certificates }) => certificates.map((der): TrustAnchor => ({ der, source: 'file' })));
}

class Reading {
  isList = false;
  readonly #path: string[] = [];
  readonly #head: Record<string, string> = {};
  readonly #services: TrustService[] = [];
  #provider = '';
  #text = '';
  #service: { type: string; status: string; name: string; certificates: Uint8Array[] } | undefined;

  open(name: string): void {
    if (this.#path.length === 0) this.isList = name === 'TrustServiceStatusList';
    this.#path.push(name);
    this.#text = '';
    if (name === 'TrustServiceProvider') this.#provider = '';
    if (name === 'TSPService') this.#service = { type: '', status: '', name: '', certificates: [] };
  }

  text(text: string): void {
    if (this.#text.length < 100_000) this.#text += text;
  }

  close(): void {
    const path = this.#path.join('/');
    const name = this.#path.pop();
    const text = this.#text.trim();
    this.#text = '';
    if (name === 'TSPService' && this.#service && this.#services.length < mostServices) {
      this.#services.push({ ...this.#service, provider: this.#provider });
    }
    if (path.endsWith('TSPInformation/TSPName/Name')) this.#provider ||= text;
    // What a service was before stands in ServiceHistory and does not count now.
    else if (path.includes('/TSPService/ServiceInformation/')) this.#take(path, text);
    else if (path.includes('/SchemeInformation/'))
      this.#head[path.slice(path.indexOf('/SchemeInformation/') + 19)] ??= text;
  }

  list(): TrustList {
    const { SchemeTerritory: territory, ListIssueDateTime: issued, 'NextUpdate/dateTime': nextUpdate } = this.#head;
    return {
      ...(territory && { territory }),
      ...(issued && { issued }),
      ...(nextUpdate && { nextUpdate }),
      services: this.#services,
    };
  }

  #take(path: string, text: string): void {
    const service = this.#service;
    if (!service) return;
    if (path.endsWith('/ServiceInformation/ServiceTypeIdentifier')) service.type = text;
    if (path.endsWith('/ServiceInformation/ServiceStatus')) service.status = text;
    if (path.endsWith('/ServiceInformation/ServiceName/Name')) service.name ||= text;
    if (path.endsWith('/DigitalId/X509Certificate')) {
      const certificate = readCertificate(base64(text));
      if (certificate) service.certificates.push(certificate.der);
    }
  }
}

function textOf(bytes: Uint8Array): string {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(wide).decode(bytes);
}

function base64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text.replaceAll(/\s/g, '')), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
