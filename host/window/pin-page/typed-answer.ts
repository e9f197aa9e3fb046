import type { PinAnswer } from '../../pin/prompt.js';
import { Secret } from '../../pin/secret.js';
import type { PageQuestion } from './page-question.js';

/**
 * Reads an answer: a byte that is 1 for the person's yes to the last tries, then for each field of the page a length byte and
 * what was typed. The secrets are parts of `bytes`, not copies; all else in it is wiped. `undefined`, and all wiped, when it does not fit.
 */
export function typedAnswer(
  bytes: Uint8Array,
  { fields, lastTries }: Pick<PageQuestion, 'fields' | 'lastTries'>,
): PinAnswer | undefined {
  const secrets = new Map<string, Secret>();
  const agreed = lastTries && bytes[0] === 1;
  let at = 1;
  for (const { name } of fields) {
    const length = bytes[at];
    if (length === undefined || at + 1 + length > bytes.length) {
      bytes.fill(0);
      return undefined;
    }
    bytes[at] = 0;
    secrets.set(name, new Secret(bytes.subarray(at + 1, at + 1 + length)));
    at += 1 + length;
  }
  bytes.fill(0, at);
  return { secrets, agreed };
}
