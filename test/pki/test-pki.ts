import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { configuration } from './authorities.js';
import { openssl } from './openssl.js';
import { type PkiServer, startPkiServer } from './pki-server.js';

// Every certificate, token and answer is a process of openssl; on a busy computer they wait for each other.
vi.setConfig({ testTimeout: 120_000 });

/** What a certificate of the test PKI is made from. */
interface Made {
  readonly key: string;
  readonly from?: 'root' | 'issuing' | 'stranger';
  readonly profile: 'ca_root' | 'ca_issuing' | 'signer' | 'crl_only' | 'wrong_use' | 'tsa' | 'responder';
  readonly start?: string;
  readonly end?: string;
}

const soon = '20491231235959Z';
const people = {
  root: { key: 'P-384', from: 'root', profile: 'ca_root' },
  stranger: { key: 'P-256', from: 'stranger', profile: 'ca_root' },
  issuing: { key: 'P-384', from: 'root', profile: 'ca_issuing' },
  rsa: { key: '2048', profile: 'signer' },
  rsa3072: { key: '3072', profile: 'signer' },
  p256: { key: 'P-256', profile: 'signer' },
  p384: { key: 'P-384', profile: 'signer' },
  p521: { key: 'P-521', profile: 'signer' },
  crlOnly: { key: 'P-256', profile: 'crl_only' },
  expired: { key: 'P-256', profile: 'signer', start: '20160101000000Z', end: '20200101000000Z' },
  future: { key: 'P-256', profile: 'signer', start: '20480101000000Z' },
  wrongUse: { key: 'P-256', profile: 'wrong_use' },
  foreign: { key: 'P-256', from: 'stranger', profile: 'signer' },
  tsa: { key: '2048', profile: 'tsa' },
  plainTsa: { key: '2048', profile: 'signer' },
  responder: { key: 'P-256', profile: 'responder' },
  rootResponder: { key: 'P-256', from: 'root', profile: 'responder' },
  foreignResponder: { key: 'P-256', from: 'stranger', profile: 'responder' },
} as const satisfies Readonly<Record<string, Made>>;

/** Who is in the test PKI. */
export type Person = keyof typeof people;

/** Authorities and people with keys that openssl made, and the services that their certificates name, on loopback. */
export interface TestPki {
  readonly folder: string;
  readonly server: PkiServer;
  der(person: Person): Uint8Array;
  /** Signs a digest as a card would. */
  sign(person: Person, algorithm: string, digest: Uint8Array): Promise<Uint8Array>;
  /** Says in the issuing authority's records when a certificate was revoked; undefined takes it back. */
  revoke(person: Person, at: Date | undefined): Promise<void>;
  close(): Promise<void>;
}

/** Makes the PKI in a new folder and starts its server. */
export async function startTestPki(): Promise<TestPki> {
  const folder = await mkdtemp(join(tmpdir(), 'sigill-pki-'));
  const server = await startPkiServer(folder);
  await writeFile(join(folder, 'pki.cnf'), configuration(server.site));
  await writeFile(join(folder, 'tsa.serial'), '01\n');
  for (const name of ['root', 'stranger', 'issuing']) {
    await writeFile(join(folder, `${name}.index`), '');
    await writeFile(join(folder, `${name}.index.attr`), 'unique_subject = no\n');
    await writeFile(
      join(folder, `${name}.serial`),
      `${createHash('sha256').update(name).digest('hex').slice(0, 14)}01\n`,
    );
  }
  const names = Object.keys(people) as Person[];
  await Promise.all(names.map((name) => makeKey(folder, name, people[name].key)));
  for (const name of names) await issue(folder, name, people[name]);
  const ders = new Map<Person, Uint8Array>();
  for (const name of names) {
    const pem = await readFile(join(folder, `${name}.crt`), 'latin1');
    const body = /-----BEGIN CERTIFICATE-----([^-]+)/.exec(pem)?.[1] ?? '';
    ders.set(name, Uint8Array.from(Buffer.from(body, 'base64')));
  }
  return {
    folder,
    server,
    der: (person) => ders.get(person) ?? new Uint8Array(),
    sign: (person, algorithm, digest) => signDigest(folder, person, algorithm, digest),
    revoke: (person, at) => record(folder, person, at),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function makeKey(folder: string, name: string, kind: string): Promise<void> {
  const option = kind.startsWith('P-') ? `ec_paramgen_curve:${kind}` : `rsa_keygen_bits:${kind}`;
  const algorithm = kind.startsWith('P-') ? 'EC' : 'RSA';
  await openssl(folder, 'genpkey', '-algorithm', algorithm, '-pkeyopt', option, '-out', `${name}.key`);
}

async function issue(folder: string, name: string, made: Made): Promise<void> {
  const from = made.from ?? 'issuing';
  const subject = `/C=FI/O=Sigill test/CN=Test ${name}`;
  await openssl(
    folder,
    'req',
    '-new',
    '-config',
    'pki.cnf',
    '-key',
    `${name}.key`,
    '-subj',
    subject,
    '-out',
    `${name}.csr`,
  );
  const dates = ['-startdate', made.start ?? '20200101000000Z', '-enddate', made.end ?? soon];
  const chosen = [
    '-name',
    from,
    '-extensions',
    made.profile,
    '-notext',
    '-batch',
    ...(from === name ? ['-selfsign'] : []),
  ];
  const keys = from === name ? ['-keyfile', `${name}.key`] : [];
  await openssl(
    folder,
    'ca',
    '-config',
    'pki.cnf',
    ...chosen,
    ...keys,
    ...dates,
    '-in',
    `${name}.csr`,
    '-out',
    `${name}.crt`,
  );
}

async function signDigest(folder: string, person: string, algorithm: string, digest: Uint8Array): Promise<Uint8Array> {
  const name = `sign-${createHash('sha256').update(digest).digest('hex').slice(0, 16)}`;
  await writeFile(join(folder, name), digest);
  const bits = algorithm.slice(-3);
  const padding = algorithm.startsWith('RSA-PSS')
    ? ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:digest']
    : [];
  const options = ['-pkeyopt', `digest:sha${bits}`, ...padding];
  await openssl(folder, 'pkeyutl', '-sign', '-inkey', `${person}.key`, '-in', name, ...options, '-out', `${name}.sig`);
  return Uint8Array.from(await readFile(join(folder, `${name}.sig`)));
}

// openssl's database: status, expiry, revocation, serial, file, subject, with tabs between them.
async function record(folder: string, person: Person, at: Date | undefined): Promise<void> {
  const made: Made = people[person];
  const path = join(folder, `${made.from ?? 'issuing'}.index`);
  const date =
    at
      ?.toISOString()
      .replaceAll(/\.\d+|[-:T]/g, '')
      .slice(2) ?? '';
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => {
    if (!line.endsWith(`/CN=Test ${person}`)) return line;
    const [, expiry, , ...rest] = line.split('\t');
    return [at ? 'R' : 'V', expiry, date, ...rest].join('\t');
  });
  await writeFile(path, lines.join('\n'));
}
