import type { CommandResult, Message } from '@sigill/core';
import { sentences } from '../../messages/sentences.js';
import type { Context } from '../context.js';
import { Ended } from '../ended.js';
import { exitCodes } from '../exit-code.js';
import { documentPasswords } from '../document-passwords.js';
import { followCommand } from '../run-plugin-command.js';
import { withDocuments } from '../with-documents.js';
import { pdfPlugin } from './pdf-answer.js';
import { groupsOf } from './pdf-groups.js';
import { readPassword } from './pdf-password.js';

/** As commander reads them. */
export interface VerifyOptions {
  readonly trust?: string;
  readonly passwordFile?: string;
}

interface Verified {
  readonly document: string;
  readonly verdict: 'valid' | 'invalid' | 'uncertain' | 'unsigned' | 'unreadable';
  readonly messages: readonly Message[];
}

/** One that was checked, as it is told. */
interface Judged extends Omit<Verified, 'messages'> {
  readonly file: string | undefined;
  readonly text: readonly string[];
}

const command = 'pdf-sign.verify';

/** Says of each signature in files whether it holds; only when all of them do it ends with 0, and with 4 when one is wrong. */
export async function verifyPdf(context: Context, files: readonly string[], options: VerifyOptions): Promise<void> {
  const { io, say, texts } = context;
  const password = readPassword(options.passwordFile);
  await context.withHost(async (host) => {
    // A card that is in has a say in what is trusted; without any the rest is judged all the same.
    await host.readers({ signal: io.signal }).catch(() => []);
    const own = await host.texts(command);
    const found: Judged[] = [];
    for (const group of groupsOf(files)) {
      const paths = options.trust === undefined ? group : [...group, options.trust];
      await withDocuments(host, pdfPlugin, paths, async ({ ids, path }) => {
        const trust = ids[group.length];
        const opened = password
          ? { password }
          : await documentPasswords(context, host, ids.slice(0, group.length), path);
        // One after the other: a document with many signatures has much to tell.
        for (const id of ids.slice(0, group.length)) {
          const args = { documents: [id], ...(trust && { trust }), ...opened };
          const [document, refused] = verifiedIn(await followCommand(context, host, command, args));
          if (document === undefined) {
            say.answer({ refused }, () => sentences(refused, own, texts).flatMap((line) => say.sentence(line)));
            throw new Ended(exitCodes.usage);
          }
          const { messages, ...one } = document;
          const text = sentences(messages, own, texts);
          found.push({ ...one, file: path(id), text });
          if (!say.json) say.lines(text.flatMap((line) => say.sentence(line)));
        }
      });
    }
    say.answer({ documents: found }, () => []);
    const verdicts = found.map(({ verdict }) => verdict);
    if (verdicts.includes('invalid')) throw new Ended(exitCodes.wrong);
    if (verdicts.some((verdict) => verdict !== 'valid')) throw new Ended(exitCodes.other);
  }, pdfPlugin);
}

function verifiedIn({ data, messages }: CommandResult): readonly [Verified | undefined, readonly Message[]] {
  const { documents = [] } = (data ?? {}) as unknown as { readonly documents?: readonly Verified[] };
  return [documents[0], messages];
}
