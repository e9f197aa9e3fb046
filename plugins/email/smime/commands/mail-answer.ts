import {
  type CommandArguments,
  type CommandResult,
  type DocumentId,
  type DocumentInfo,
  type Documents,
  failureData,
  type Json,
  type Message,
} from '@sigill/core';
import { placeOf, saidIn } from '../../place.js';
import { MailError } from '../mail-error.js';
import { idsIn } from './mail-file.js';

/** What became of one mail. */
export interface MailOutcome {
  readonly state: 'signed' | 'encrypted' | 'decrypted' | 'verified' | 'failed';
  readonly messages: readonly Message[];
  readonly result?: DocumentInfo;
  /** Of a check; only `valid` is good. */
  readonly verdict?: 'valid' | 'invalid' | 'uncertain' | 'unsigned';
  readonly more?: Readonly<Record<string, Json>>;
}

/** Works on each mail of a command by itself: what goes wrong with one is told and stops no other. */
export async function eachMail(
  documents: Documents,
  args: CommandArguments,
  work: (document: DocumentId, name: string) => Promise<MailOutcome>,
): Promise<CommandResult> {
  const found: { readonly messages: readonly Message[]; readonly data: Json }[] = [];
  for (const document of idsIn(args, 'documents')) {
    const { name } = await documents.info(document);
    const answered = await work(document, name).catch((error: unknown) => failed(name, error));
    const outcome = { ...answered, messages: saidIn(placeOf(args), answered.messages) };
    found.push({ messages: outcome.messages, data: asJson(document, name, outcome) });
  }
  return {
    messages: found.flatMap(({ messages }) => messages).slice(0, 90),
    data: { documents: found.map(({ data }) => data) },
  };
}

function failed(name: string, error: unknown): MailOutcome {
  const problem = problemOf(error);
  return { state: 'failed', messages: [{ key: 'smime.failed', values: { name } }, problem] };
}

// The host's own failures have their sentences there, under their code.
function problemOf(error: unknown): Message {
  if (error instanceof MailError) return { key: `smime.${error.code}`, values: { ...error.facts } };
  const { code, facts } = failureData(error);
  const values = Object.entries(facts).flatMap(([key, fact]) =>
    fact === undefined ? [] : [[key, typeof fact === 'number' ? fact : String(fact).slice(0, 900)] as const],
  );
  return { key: code, values: Object.fromEntries(values) };
}

function asJson(document: DocumentId, name: string, outcome: MailOutcome): Json {
  const { state, messages, result, verdict, more } = outcome;
  return {
    document,
    name,
    state,
    ...(result && { result: result.id, resultName: result.name }),
    ...(verdict && { verdict }),
    ...(state === 'failed' && messages[1] && { code: messages[1].key }),
    ...more,
    messages: messages.slice(0, 20) as unknown as Json,
  };
}
