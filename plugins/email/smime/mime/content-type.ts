import type { Entity } from './split-entity.js';
import { onlyField } from './split-entity.js';

/** A Content-Type (RFC 2045 §5.1): `type` in lower case, parameters by their names in lower case. */
export interface ContentType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What a part is when it does not say (RFC 2045 §5.2). */
const plain: ContentType = { type: 'text/plain', parameters: new Map() };

/** Reads the Content-Type of a part; plain text when it has none, more than one, or one that makes no sense. */
export function contentType(entity: Entity): ContentType {
  const value = onlyField(entity, 'content-type');
  const type = value === undefined ? undefined : /^([!-.0-~]+\/[!-.0-:<-~]+)\s*(?=;|\(|$)/.exec(value);
  if (value === undefined || !type) return plain;
  const parameters = new Map<string, string>();
  const rest = value.slice(type[0].length);
  for (const [, name = '', quoted, bare = ''] of rest.matchAll(
    /;\s*([!#$%&'*+.^_`|~0-9a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"()]*))/gi,
  )) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted === undefined ? bare : quoted.replaceAll(/\\(.)/g, '$1'));
  }
  return { type: (type[1] ?? '').toLowerCase(), parameters };
}

/** The Content-Transfer-Encoding in lower case; `7bit` when there is none. */
export const transferEncoding = (entity: Entity): string =>
  (onlyField(entity, 'content-transfer-encoding') ?? '7bit').replace(/[\s;(].*$/s, '').toLowerCase();
