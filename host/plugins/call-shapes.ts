import {
  type ByteRange,
  type CommandArguments,
  type CommandResult,
  type DecryptAlgorithm,
  type DigestAlgorithm,
  mostBytes,
  type PinId,
  type SignatureAlgorithm,
} from '@sigill/core';
import type { HostCall, HostCalls, Request } from './contract.js';
import { panelContent } from './panel-shape.js';
import { message } from './message-shape.js';
import { profileId, setUp } from './programs-shape.js';
import { settingKey } from './setting-shape.js';
import {
  boolean,
  bytes,
  count,
  either,
  fraction,
  json,
  listOf,
  mapOf,
  Mismatch,
  number,
  oneOf,
  record,
  type Shape,
  someBytes,
  text,
} from './shape.js';

/** `CardService` makes ids; a plugin only repeats them. */
const cardId = text(100, /^[\w:.-]+$/);
const pinId = oneOf<PinId>('PIN1', 'PIN2', 'PIN3', 'PIN4', 'PUK');
const ofRun = { run: text(50, /^\w+$/) };
const pinRequest = record({ card: cardId, pin: pinId }, ofRun);
const commandArguments: Shape<CommandArguments> = (value, path) => {
  const found = json(1_000)(value, path);
  if (typeof found !== 'object' || Array.isArray(found)) throw new Mismatch(path, 'must be an object');
  return found as CommandArguments;
};

const algorithm = oneOf<SignatureAlgorithm>(
  'RSA-PKCS1-SHA256',
  'RSA-PKCS1-SHA384',
  'RSA-PKCS1-SHA512',
  'RSA-PSS-SHA256',
  'RSA-PSS-SHA384',
  'RSA-PSS-SHA512',
  'ECDSA-SHA256',
  'ECDSA-SHA384',
  'ECDSA-SHA512',
);

const decryptAlgorithm = oneOf<DecryptAlgorithm>(
  'RSA-PKCS1',
  'RSA-OAEP-SHA1',
  'RSA-OAEP-SHA256',
  'RSA-OAEP-SHA384',
  'RSA-OAEP-SHA512',
);
/** Bytes. */
const longestModulus = 1_024;

const key = text(128, /^[0-9A-Fa-f]+$/);
const digest = bytes(32, 48, 64);
/** The host makes them, too. */
const documentId = text(36, /^[0-9a-f-]+$/);
const range: Shape<ByteRange> = record({ offset: count(), length: count() });
const digestAlgorithm = oneOf<DigestAlgorithm>('SHA-1', 'SHA-256', 'SHA-384', 'SHA-512');
const document = record({ document: documentId });
/** Documents of one consent. */
const mostDocuments = 1_000;

/** What a plugin's calls must look like; a property that is not named here is refused. */
export const requestShapes: { readonly [C in HostCall]: Shape<Request<HostCalls, C>> } = {
  'cards.certificate': record({ card: cardId, id: key }),
  'cards.details': record({ card: cardId }),
  'commands.offer': record({ id: text(100), args: commandArguments }),
  'documents.append': record({ draft: documentId, bytes: someBytes(mostBytes) }),
  'documents.deliver': record(
    { draft: documentId, suffix: text(40, /^[a-z][a-z0-9-]*$/) },
    { extension: text(10, /^[a-z0-9]+$/), note: mapOf(text(300), 20) },
  ),
  'documents.digest': record({ document: documentId, algorithm: digestAlgorithm, ranges: listOf(range, 1_000) }),
  'documents.discard': record({ draft: documentId }, { why: text(60, /^[a-z0-9]+([.-][a-z0-9]+)*$/) }),
  'documents.draft': record({ document: documentId }, { start: oneOf('copy', 'empty') }),
  'documents.info': document,
  'documents.patch': record({ draft: documentId, offset: count(), bytes: someBytes(mostBytes) }),
  'documents.read': record({ document: documentId, range }),
  'log.write': record({ level: oneOf('debug', 'info', 'warn', 'error'), line: text(10_000) }),
  'net.request': record(
    { url: text(2_000), method: oneOf('GET', 'POST') },
    { headers: mapOf(text(200, /^[\x20-\x7e]*$/), 10), body: someBytes(mostBytes), timeout: count(30_000) },
  ),
  'panels.show': panelContent,
  'parcels.fetch': record({ parcel: documentId, offset: count() }),
  'pins.activate': record({ card: cardId }, ofRun),
  'pins.change': pinRequest,
  'pins.unlock': pinRequest,
  'pins.verify': pinRequest,
  'progress.report': record({ run: text(50, /^\w+$/), step: record({}, { message, value: fraction }) }),
  'programs.profiles': record({}),
  'programs.bridge': record({}),
  'programs.plan': record(setUp),
  'programs.apply': record(setUp, ofRun),
  'programs.closed': record({ profile: profileId }, ofRun),
  'programs.test': record({}),
  'programs.sign': record({ profile: profileId }, ofRun),
  'programs.undo': record({}, ofRun),
  'settings.keep': record({
    key: settingKey,
    value: either<string | number, boolean>(either<string, number>(text(1_000), number), boolean),
  }),
  'signing.sign': record({ card: cardId, key, algorithm, digest }, ofRun),
  'signing.signDocuments': record(
    {
      card: cardId,
      key,
      algorithm,
      documents: listOf(record({ document: documentId, digest }), mostDocuments),
    },
    ofRun,
  ),
  'trust.anchors': record({ from: count() }),
  'trust.list': record({}),
  'decrypting.decipher': record(
    { card: cardId, key, algorithm: decryptAlgorithm, cryptogram: someBytes(longestModulus) },
    ofRun,
  ),
  'decrypting.agree': record({ card: cardId, key, point: bytes(65, 97, 133) }, ofRun),
};

/** What a plugin's command must answer with. */
export const commandResult: Shape<CommandResult> = record({ messages: listOf(message, 100) }, { data: json(10_000) });
