import type { CommandArguments, CommandResult, PinId, SignatureAlgorithm } from '@sigill/core';
import type { HostCall, HostCalls, Request } from './contract.js';
import { panelContent } from './panel-shape.js';
import { profileId, setUpWish } from './programs-shape.js';
import {
  bytes,
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
  text,
} from './shape.js';

/** `CardService` makes ids; a plugin only repeats them. */
const cardId = text(100, /^[\w:.-]+$/);
const pinId = oneOf<PinId>('PIN1', 'PIN2', 'PIN3', 'PIN4', 'PUK');
const pinRequest = record({ card: cardId, pin: pinId });
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

const message = record(
  { key: text(200, /^[\w.-]+$/) },
  { values: mapOf(either<string, number>(text(1_000), number), 50) },
);

/** What a plugin's calls must look like; a property that is not named here is refused. */
export const requestShapes: { readonly [C in HostCall]: Shape<Request<HostCalls, C>> } = {
  'cards.details': record({ card: cardId }),
  'commands.offer': record({ id: text(100), args: commandArguments }),
  'log.write': record({ level: oneOf('debug', 'info', 'warn', 'error'), line: text(10_000) }),
  'panels.show': panelContent,
  'pins.activate': record({ card: cardId }),
  'pins.change': pinRequest,
  'pins.unlock': pinRequest,
  'pins.verify': pinRequest,
  'progress.report': record({ run: text(50, /^\w+$/), step: record({}, { message, value: fraction }) }),
  'signing.sign': record({ card: cardId, key: text(128, /^[0-9A-Fa-f]+$/), algorithm, digest: bytes(32, 48, 64) }),
  'programs.profiles': record({}),
  'programs.bridge': record({}),
  'programs.plan': setUpWish,
  'programs.apply': setUpWish,
  'programs.closed': record({ profile: profileId }),
  'programs.test': record({}),
  'programs.sign': record({ profile: profileId }),
  'programs.undo': record({}),
};

/** What a plugin's command must answer with. */
export const commandResult: Shape<CommandResult> = record({ messages: listOf(message, 100) }, { data: json(10_000) });
