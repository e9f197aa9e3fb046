import type { Context } from '../context.js';
import { documentPasswords } from '../document-passwords.js';
import { followCommand } from '../run-plugin-command.js';
import { withDocuments } from '../with-documents.js';
import { pdfPlugin, tellDocuments } from './pdf-answer.js';
import { inGroups } from './pdf-groups.js';
import { readPassword } from './pdf-password.js';

/** As commander reads them. */
export interface ExtendOptions {
  readonly level?: string;
  readonly tsa?: string;
  readonly out?: string;
  readonly passwordFile?: string;
}

const command = 'pdf-sign.extend';

/** Makes the signatures of files last longer, as new files; no card is needed. */
export async function extendPdf(context: Context, files: readonly string[], options: ExtendOptions): Promise<void> {
  const { level = 'B-LTA', tsa, out, passwordFile } = options;
  const password = readPassword(passwordFile);
  await context.withHost(async (host) => {
    // A card that is in has a say in what is trusted; it is not needed.
    await host.readers({ signal: context.io.signal }).catch(() => []);
    await inGroups(context, files, (group) =>
      withDocuments(
        host,
        pdfPlugin,
        group,
        async (given) => {
          const opened = password ? { password } : await documentPasswords(context, host, given.ids, given.path);
          const args = { documents: given.ids, level, ...(tsa && { tsa }), ...opened };
          const result = await followCommand(context, host, command, args);
          return tellDocuments(context, await host.texts(command), result, given);
        },
        { out },
      ),
    );
  }, pdfPlugin);
}
